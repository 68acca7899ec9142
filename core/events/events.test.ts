import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detailInChinese } from "@/api/answers/chinese";
import { catalogue, EVENT_NAMES, propertiesSchema } from "./catalogue";
import { readCloudEvent } from "./cloud-event";
import { toMinor } from "./money";
import { normalise, type Sender } from "./normalise";
import { ourName } from "./segment-names";
import { occurredAt } from "./when";

const receivedAt = Date.parse("2026-11-22T08:00:00Z");
const sender: Sender = { receivedAt, currency: "CNY", isTrusted: false };
const read = (message: unknown, type: unknown = "track", more: Partial<Sender> = {}) =>
  normalise(message, type, { ...sender, ...more });
const event = (message: unknown, type?: unknown, more?: Partial<Sender>) => {
  const result = read(message, type, more);
  if (result.is !== "event") throw new Error(JSON.stringify(result));
  return result.event;
};

describe("the catalogue", () => {
  it.each(EVENT_NAMES)("names %s and its properties in both languages, and has a schema for them", (name) => {
    const { name: text, properties } = catalogue[name];
    for (const one of [text, ...Object.values(properties).map((p) => p.name)])
      expect([one.en, one["zh-CN"]].every((t) => t.trim() !== "")).toBe(true);
    expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(propertiesSchema(name).safeParse("no object").success).toBe(false);
  });
});

describe("ids", () => {
  it.each([
    [7, "7"],
    ["7", "7"],
    [9007199254740991, "9007199254740991"],
  ])("%j is the text %s", (id, text) => {
    const { messageId, identities } = event({ messageId: id, userId: id, event: "x" });
    expect([messageId, identities]).toEqual([text, [{ kind: "userId", value: text }]]);
    const read = readCloudEvent({ specversion: "1.0", source: "/a", type: "x", id, subject: id });
    expect(read).toMatchObject({ ok: true, message: { messageId: `/a ${text}`, userId: text } });
  });
  it.each([[2 ** 53], [1.5], [true], [{}]])("%j is refused: two of them could be one", (id) => {
    for (const field of ["messageId", "userId", "anonymousId"])
      expect(read({ userId: "u", event: "x", [field]: id })).toEqual({
        is: "malformed",
        says: "should be a text, or a whole number that is exact",
        path: [field],
      });
    expect(readCloudEvent({ specversion: "1.0", source: "/a", type: "x", id })).toMatchObject({
      ok: false,
      path: ["id"],
    });
  });
});

describe("what is not taken of an event that is kept", () => {
  const untaken = (message: Record<string, unknown>, type = "identify", isTrusted = true) => {
    const result = read({ userId: "u", event: "x", ...message }, type, { isTrusted });
    return result.is === "event" ? result.untaken.map(({ path }) => path.join(".")) : result;
  };
  it.each([
    [{ phone: "12345" }, ["traits.phone"]],
    [{ phone: 13800138000, email: "A@Example.com", birthday: "1990-12-31" }, []],
    [{ email: "nobody" }, ["traits.email"]],
    [{ birthday: "31/12/1990" }, ["traits.birthday"]],
    [{ birthday: "1990-02-30" }, ["traits.birthday"]],
    [{ birthday: null, phone: null, email: null }, []],
    [
      { name: 5, gender: {}, timezone: "Mars", createdAt: "soon", tier: "no spaces" },
      ["traits.name", "traits.gender", "traits.timezone", "traits.createdAt", "traits.tier"],
    ],
    [{ consent: true }, ["traits.consent"]],
    [
      { consent: { sms: "yes", pigeon: true, email: { marketing: true } } },
      ["traits.consent.sms", "traits.consent.pigeon"],
    ],
    [{ push_subscription: "x" }, ["traits.push_subscription"]],
    [{ anything: "else", nested: { a: 1 } }, []],
  ])("of the traits %j: %j", (traits, paths) => expect(untaken({ traits })).toEqual(paths));
  it("is a tier that no server sent", () => {
    expect(untaken({ traits: { tier: "gold" } }, "identify", false)).toEqual(["traits.tier"]);
  });
  it("is told of the traits beside a track, and of external ids", () => {
    const externalIds = [
      { type: "phone", id: "1" },
      { type: "fax", id: "2" },
      { type: "card", id: 2 ** 62 },
      { type: "card", id: "6222020200112233445" },
    ];
    expect(untaken({ context: { traits: { phone: "x" }, externalIds } }, "track")).toEqual([
      "context.traits.phone",
      "context.externalIds.0.id",
      "context.externalIds.1",
      "context.externalIds.2.id",
    ]);
  });
});

describe("what is wrong with a property", () => {
  const LONG = "x".repeat(5_000);
  it.each([
    ["order_paid", { amount: "a" }, "amount"],
    ["order_paid", { amount: 1.5 }, "amount"],
    ["order_paid", { amount: 1, category: LONG }, "category"],
    ["order_paid", { amount: 1, category: {} }, "category"],
    ["order_paid", { amount: 1, items: "x" }, "items"],
    ["order_paid", { amount: 1, items: [7] }, "items.0"],
    ["order_paid", { amount: 1, items: [{ quantity: "x" }] }, "items.0.quantity"],
    ["order_paid", { amount: 1, items: Array(1_001).fill({}) }, "items"],
    ["order_paid", { amount: 1, channel: "moon" }, "channel"],
    ["check_in", { streak: 1e300 }, "streak"],
    ["survey_answered", { score: [] }, "score"],
    ["risk_decided", { reason: true }, "reason"],
  ])("of %s %j is said in our words, in both languages", (name, properties, place) => {
    const result = read({ userId: "u", event: name, properties }, "track", { isTrusted: true });
    if (result.is !== "rejected") throw new Error(JSON.stringify(result));
    expect(result.path.join(".")).toBe(`properties.${place}`);
    expect(result.says).not.toMatch(/Invalid|Too (big|small)|expected|received/);
    expect(result.chinese ?? detailInChinese(result.says)).toMatch(/\p{Script=Han}/u);
  });
});

describe("amounts", () => {
  it.each([
    [19.99, "CNY", 1999],
    ["19.990", "CNY", 1999],
    [120, "CNY", 12000],
    [0.1 + 0.2, "CNY", undefined],
    [1200, "JPY", 1200],
    [12.5, "JPY", undefined],
    ["1.234", "KWD", 1234],
    [-5.5, "CNY", -550],
    [1e21, "CNY", undefined],
    ["1,200", "CNY", undefined],
    ["", "CNY", undefined],
    [null, "CNY", undefined],
  ])("%j of %s is %j minor units", (value, currency, minor) => expect(toMinor(value, currency)).toBe(minor));
  it("come back exactly from every decimal a sender can write", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (minor) => {
        expect(toMinor((minor / 100).toFixed(2), "CNY")).toBe(minor);
      }),
    );
  });
});

describe("names", () => {
  it.each([
    ["Order Completed", "order_paid"],
    ["Order Refunded", "order_refunded"],
    ["Product Added", "cart_updated"],
    ["Product Viewed", "product_viewed"],
    ["order_paid", "order_paid"],
    ["Check In", "check_in"],
    ["orderPaid", "order_paid"],
    ["Played Video", "Played Video"],
    ["toString", "toString"],
  ])("%s is %s", (sent, ours) => expect(ourName(sent).name).toBe(ours));
});

describe("Segment's e-commerce events", () => {
  it("become ours, their decimals minor units and their products items", () => {
    expect(
      event({
        userId: "u",
        event: "Order Completed",
        properties: {
          order_id: 7,
          total: 120.5,
          revenue: 100,
          discount: "19.5",
          products: [{ sku: "a", price: 12.25, quantity: 2 }],
          extra: 1,
        },
      }),
    ).toMatchObject({
      name: "order_paid",
      properties: {
        order_id: "7",
        amount: 12050,
        discount: 1950,
        items: [{ sku: "a", price: 1225, quantity: 2 }],
        extra: 1,
      },
    });
  });
  it("leave our own events in minor units, and read total only where amount is missing", () => {
    expect(
      event({ userId: "u", event: "order_paid", properties: { order_id: "7", amount: 12050, total: 1 } }).properties
        .amount,
    ).toBe(12050);
    expect(event({ userId: "u", event: "order_paid", properties: { order_id: "7", total: 1 } }).properties.amount).toBe(
      100,
    );
  });
  it.each([
    ["neither an amount nor products for one of the whole order", {}, true],
    ["products alone for a part of it", { products: [{ sku: "a" }] }, false],
    // A total is what is given back, not what was paid: a part of the order gives back a part of its amount, without products too.
    ["an amount for what the order book finds it to be", { total: 5 }, undefined],
    ["an amount and products so too", { total: 5, products: [{ sku: "a" }] }, undefined],
    ["a word of the sender's own for what it says", { total: 5, is_full: true }, true],
  ])("take a refund with %s", (_, properties, isFull) => {
    const refund = event({ userId: "u", event: "Order Refunded", properties: { order_id: "7", ...properties } });
    expect(refund.properties.is_full).toBe(isFull);
  });
  it.each([
    [{ order_id: "7", total: 1.005 }, "properties.total"],
    [{ order_id: "7", total: 1, products: [{ price: 0.001 }] }, "properties.products.0.price"],
    [{ order_id: "7", total: 1, currency: "USD" }, "properties.currency"],
    [{ order_id: "7" }, "properties.amount"],
    [{ order_id: "7", total: 90071992547409.91 }, "properties.total"],
    [{ order_id: "7", total: -5 }, "properties.total"],
  ])("go to the dead letters with %j, naming the field", (properties, path) => {
    const result = read({ userId: "u", event: "Order Completed", properties });
    expect(result.is === "rejected" && result.path.join(".")).toBe(path);
  });
});

describe("messages", () => {
  it.each([
    ["no object", [], "track", ""],
    ["an unknown type", { userId: "u" }, "delete", "type"],
    ["nobody", { event: "x" }, "track", "userId"],
    ["an event without a name", { userId: "u" }, "track", "event"],
    ["an alias of nothing", { userId: "u" }, "alias", "previousId"],
    ["a userId that is no text", { userId: {}, event: "x" }, "track", "userId"],
    ["properties that are no object", { userId: "u", event: "x", properties: [1] }, "track", "properties"],
    ["a time that is none", { userId: "u", event: "x", timestamp: "yesterday" }, "track", "timestamp"],
    ["an endless messageId", { userId: "u", event: "x", messageId: "m".repeat(256) }, "track", "messageId"],
    ["a group without its id", { userId: "u" }, "group", "groupId"],
  ])("with %s are malformed", (_what, message, type, path) => {
    const result = read(message, type);
    expect(result.is === "malformed" && result.path.join(".")).toBe(path);
  });
  it("may not claim what our own ledgers say, unless a server sends them", () => {
    expect(read({ userId: "u", event: "coupon_redeemed" })).toMatchObject({
      is: "rejected",
      cause: { code: "reserved_name" },
    });
    expect(read({ userId: "u", event: "coupon_redeemed" }, "track", { isTrusted: true }).is).toBe("event");
  });
  it.each(EVENT_NAMES.filter((name) => catalogue[name].from === "ours"))(
    "may not claim %s, which only we can know, whoever sends them; the refusal says what to do instead",
    (name) => {
      const refused = read({ userId: "u", event: name, properties: {} }, "track", { isTrusted: true });
      expect(refused).toMatchObject({
        is: "rejected",
        cause: { code: "only_ours" },
        says: expect.stringMatching(/nobody else may send it: ./),
        chinese: expect.stringMatching(/不接受外部发送：./),
        path: ["event"],
      });
    },
  );
  it("bring phones and emails in normal form, and keep what is none as an attribute", () => {
    const { contacts, traits } = event(
      { userId: "u", traits: { phone: "138 0013 8000", email: "A@B.co" } },
      "identify",
    );
    expect(contacts).toEqual([
      { kind: "phone", value: "+8613800138000" },
      { kind: "email", value: "a@b.co" },
    ]);
    expect(traits).toEqual({ phone: "+8613800138000", email: "a@b.co" });
    expect(event({ userId: "u", traits: { phone: "12" } }, "identify")).toMatchObject({
      contacts: [],
      traits: { invalid_phone: "12" },
    });
  });
  it("may identify in RudderStack's way: traits in the context, the client's instant as originalTimestamp", () => {
    const context = { traits: { email: "a@b.co", city: "成都" } };
    expect(event({ userId: "u", context, originalTimestamp: "2026-11-22T07:00:00Z" }, "identify")).toMatchObject({
      traits: { email: "a@b.co", city: "成都" },
      contacts: [{ kind: "email", value: "a@b.co" }],
      occurredAt: Date.parse("2026-11-22T07:00:00Z"),
    });
    expect(event({ userId: "u", context, traits: { city: "上海" } }, "identify").traits).toMatchObject({
      city: "上海",
    });
  });
  it("tell consents by trait, per purpose, and by events of their own", () => {
    const consents = (message: unknown, type?: string) =>
      event(message, type).consents.map((c) => `${c.isGranted ? "+" : "-"}${c.channel}.${c.purpose}`);
    expect(
      consents(
        { userId: "u", traits: { consent: { sms: true, email: { marketing: false, service: true }, fax: true } } },
        "identify",
      ),
    ).toEqual(["+sms.marketing", "-email.marketing", "+email.service"]);
    expect(consents({ userId: "u", event: "consent_withdrawn", properties: { channel: "sms" } })).toEqual([
      "-sms.marketing",
    ]);
    expect(consents({ userId: "u", event: "unsubscribed" })).toEqual([
      "-sms.marketing",
      "-email.marketing",
      "-push.marketing",
    ]);
    expect(consents({ userId: "u", event: "consent_granted" })).toEqual([]);
  });
});

describe("time", () => {
  const at = (iso: string) => Date.parse(iso);
  it("is the event's own when the sender's clock is right", () =>
    expect(occurredAt("2026-11-20T00:00:00Z", "2026-11-22T08:00:05Z", receivedAt)).toEqual({
      at: at("2026-11-20T00:00:00Z"),
      isMoved: false,
      hasZone: true,
    }));
  it("is corrected when it is not", () =>
    expect(occurredAt("2026-11-22T09:00:00Z", "2026-11-22T09:00:10Z", receivedAt)).toEqual({
      at: at("2026-11-22T07:59:50Z"),
      isMoved: false,
      hasZone: true,
    }));
  it("is never later than we heard of it, which is told beyond what clocks differ by", () => {
    expect(occurredAt("2030-01-01T00:00:00Z", undefined, receivedAt)).toEqual({
      at: receivedAt,
      isMoved: true,
      hasZone: true,
    });
    expect(occurredAt(receivedAt + 30_000, undefined, receivedAt)).toEqual({
      at: receivedAt,
      isMoved: false,
      hasZone: true,
    });
    expect(occurredAt(0, undefined, receivedAt)).toMatchObject({ isMoved: true });
    expect(read({ userId: "u", event: "check_in", timestamp: "2030-01-01T00:00:00Z" })).toMatchObject({
      untaken: [{ path: ["timestamp"], code: "time_moved" }],
    });
  });
  it("is read as UTC without a zone, which is told", () => {
    expect(read({ userId: "u", event: "check_in", timestamp: "2026-11-22T07:00:00" })).toMatchObject({
      event: { occurredAt: at("2026-11-22T07:00:00Z"), context: { warned: ["zone_assumed"] } },
      untaken: [{ path: ["timestamp"], code: "zone_assumed" }],
    });
  });
});

describe("CloudEvents", () => {
  const ce = {
    specversion: "1.0",
    id: "1",
    source: "/till/7",
    type: "com.example.order_paid",
    subject: "u1",
    time: "2026-11-22T07:00:00Z",
    data: { order_id: "1", amount: 5 },
  };
  it("become messages: source and id make the messageId, the type's last part the name", () => {
    expect(readCloudEvent(ce)).toMatchObject({
      ok: true,
      type: "track",
      message: { messageId: "/till/7 1", userId: "u1", event: "order_paid", properties: { order_id: "1", amount: 5 } },
    });
  });
  it.each([
    ["order_paid", "order_paid"],
    ["com.shop.order_paid.v1", "order_paid"],
    ["com.shop.order_paid.v1.2", "order_paid"],
    ["com.shop.order.paid", "order_paid"],
    ["com.shop.Order.Paid.V2", "order_paid"],
    ["com.shop.store.visit", "store_visit"],
    ["com.shop.trial.lesson", "lesson"],
    ["com.shop.order.check_in", "check_in"],
    ["v1", "v1"],
    ["com.shop.", "shop"],
  ])("of type %s are %s", (type, event) =>
    expect(readCloudEvent({ ...ce, type })).toMatchObject({ message: { event } }),
  );
  it("without a subject are of whom their extension or their data names", () => {
    const { subject: _, ...rest } = ce;
    expect(readCloudEvent({ ...rest, userid: "u2" })).toMatchObject({ message: { userId: "u2" } });
    expect(readCloudEvent({ ...rest, data: { userId: "u3", anonymousId: 7 } })).toMatchObject({
      message: { userId: "u3", anonymousId: 7 },
    });
  });
  it("identify by a type that says so", () =>
    expect(readCloudEvent({ ...ce, type: "com.example.identify", data: { name: "A" } })).toMatchObject({
      type: "identify",
      message: { traits: { name: "A" } },
    }));
  it("may carry their data in base 64", () => {
    const { data: _, ...rest } = ce;
    expect(readCloudEvent({ ...rest, data_base64: Buffer.from('{"a":"常客"}').toString("base64") })).toMatchObject({
      message: { properties: { a: "常客" } },
    });
  });
  it.each([
    [{ specversion: "0.3" }, "specversion"],
    [{ id: "" }, "id"],
    [{ source: undefined }, "source"],
    [{ data: "text" }, "data"],
  ])("with %j are malformed", (change, path) => {
    const result = readCloudEvent({ ...ce, ...change });
    expect(!result.ok && result.path.join(".")).toBe(path);
  });
});
