import { describe, expect, it } from "vitest";
import type { InboxEvent } from "../events/inbox-event";
import { readProperties } from "../events/read-properties";
import { ourName } from "../events/segment-names";
import type { LoadedMember } from "./loaded-member";
import { project } from "./project";
import { someone } from "./someone-harness";

const ZONE = "Asia/Shanghai";
const at = (instant: string) => Date.parse(instant);
const member = (with_: Partial<LoadedMember> = {}): LoadedMember =>
  someone({ birthday: null, joinedAt: at("2026-01-01T00:00:00Z"), ...with_ });
const event = (name: string, properties: Record<string, unknown> = {}, more: Partial<InboxEvent> = {}): InboxEvent => ({
  id: "e",
  type: "track",
  messageId: "m",
  name,
  properties,
  occurredAt: at("2026-03-01T12:00:00Z"),
  acceptedAt: at("2026-03-01T12:00:01Z"),
  isHistorical: false,
  isTrusted: false,
  ...more,
});
const fold = (start: LoadedMember, ...events: InboxEvent[]) =>
  events.reduce((m, e) => project(m, e, ZONE).member, start);

/** Events in the order they came, and what they leave: orders, spent. */
const pay = (order_id: string, amount = 10_000, more: Record<string, unknown> = {}) =>
  event("order_paid", { order_id, amount, ...more });
const back = (order_id: string, properties: Record<string, unknown>) =>
  event("order_refunded", { order_id, ...properties });
/** As an e-commerce event of Segment's tells it: its total in whole units. */
const refunded = (order_id: string, total?: number): InboxEvent => {
  const read = readProperties(ourName("Order Refunded"), { order_id, total }, "CNY");
  if (!read.ok) throw new Error(read.says);
  return event("order_refunded", read.properties);
};
const on = (day: string, one: InboxEvent): InboxEvent => ({ ...one, occurredAt: at(`${day}T12:00:00Z`) });

describe("a refund that does not say whether it is of the whole order", () => {
  const isFull = (...events: InboxEvent[]) => {
    const last = events.pop();
    return last && project(fold(member(), ...events), last, ZONE).event.properties.is_full;
  };
  it.each<[string, InboxEvent[], boolean | undefined]>([
    ["no, while something is left", [pay("1", 5_000), refunded("1", 20)], false],
    ["yes, where it takes all", [pay("1", 5_000), refunded("1", 50)], true],
    ["yes, where it takes the rest", [pay("1", 5_000), refunded("1", 20), refunded("1", 30)], true],
    ["nothing, before the payment is known", [refunded("1", 50)], undefined],
    ["what it says itself", [pay("1", 5_000), back("1", { amount: 5_000, is_full: false })], false],
  ])("is seen by rules with what the order book finds: %s", (_, events, full) => {
    expect(isFull(...events)).toBe(full);
  });
});

describe("an order that is named", () => {
  it.each([
    ["counts once, whatever amount is told the second time", [pay("1"), pay("1", 99_999)], [1, 10_000]],
    ["is another order under another name", [pay("1"), pay("2")], [2, 20_000]],
    ["counts each time where it has no name", [pay(" "), pay("")], [2, 20_000]],
    [
      "is another merchant's under the same number",
      [pay("1", 1, { merchant: "A" }), pay("1", 2, { merchant: "B" })],
      [2, 3],
    ],
    ["is the same where one telling leaves the merchant out", [pay("1", 1, { merchant: "A" }), pay("1", 1)], [1, 1]],
    ["is undone by a full refund without an amount", [pay("1"), back("1", { is_full: true })], [0, 0]],
    ["is undone once", [pay("1"), pay("2"), back("1", { is_full: true }), back("1", { is_full: true })], [1, 10_000]],
    ["is given back in parts", [pay("1"), back("1", { amount: 3_000 })], [1, 7_000]],
    ["is undone by its last part", [pay("1"), back("1", { amount: 3_000 }), back("1", { amount: 7_000 })], [0, 0]],
    [
      "is undone by its last part as Segment tells parts",
      [pay("1", 5_000), refunded("1", 20), refunded("1", 30), refunded("1", 30)],
      [0, 0],
    ],
    ["is given back in part as Segment tells it", [pay("1", 5_000), refunded("1", 20)], [1, 3_000]],
    ["is undone by Segment's refund of all of it", [pay("2"), pay("1", 5_000), refunded("1", 50)], [1, 10_000]],
    ["is undone by Segment's refund without a total", [pay("2"), pay("1", 5_000), refunded("1")], [1, 10_000]],
    ["may be refunded in parts before its payment", [refunded("1", 20), refunded("1", 30), pay("1", 5_000)], [0, 0]],
    ["gives back no more than was paid", [pay("2"), pay("1"), back("1", { amount: 25_000 })], [1, 10_000]],
    ["may be refunded before its payment is told", [back("1", { is_full: true, amount: 10_000 }), pay("1")], [0, 0]],
    ["may be refunded so without an amount", [back("1", { is_full: true }), pay("1")], [0, 0]],
    ["may be refunded by its whole amount before its payment", [back("1", { amount: 10_000 }), pay("1")], [0, 0]],
    ["may be refunded in part before its payment", [back("1", { amount: 4_000 }), pay("1")], [1, 6_000]],
    [
      "counts once after a refund that came before it",
      [pay("2"), back("1", { is_full: true, amount: 10_000 }), pay("1"), pay("1")],
      [1, 10_000],
    ],
    [
      "is a third merchant's after a telling without merchant proved to be the second's",
      [pay("1", 1), pay("1", 1, { merchant: "A" }), pay("1", 2, { merchant: "B" }), pay("1", 1, { merchant: "A" })],
      [2, 3],
    ],
    [
      "keeps the merchant that only its refund names",
      [pay("1", 5), back("1", { amount: 1, merchant: "A" }), pay("1", 2, { merchant: "B" })],
      [2, 6],
    ],
    ["is another one weeks later with another amount", [pay("1", 1), on("2026-03-20", pay("1", 2))], [2, 3]],
    ["is the same weeks later with its amount", [pay("1", 1), on("2026-03-20", pay("1", 1))], [1, 1]],
    ["is the same within a week, whatever amount", [pay("1", 1), on("2026-03-08", pay("1", 2))], [1, 1]],
    [
      "is another one weeks earlier, when that is told later",
      [pay("1", 1), on("2026-01-20", pay("1", 2)), on("2026-01-20", pay("1", 2))],
      [2, 3],
    ],
    [
      "is refunded where it was paid last before",
      [pay("1", 10), on("2026-03-20", pay("1", 2)), on("2026-03-21", back("1", { is_full: true }))],
      [1, 10],
    ],
    [
      "is refunded where it was paid, although its number came again since",
      [pay("1", 10), on("2026-03-20", pay("1", 2)), on("2026-03-10", back("1", { is_full: true }))],
      [1, 2],
    ],
    ["is known by a long name", [pay("x".repeat(3_000)), pay("x".repeat(3_000))], [1, 10_000]],
  ])("%s", (_, events, [orders, spent]) => {
    expect(fold(member(), ...events)).toMatchObject({ orders, spent });
  });

  it("is a repetition the second time, unless only history told of it", () => {
    const told = project(fold(member(), pay("1")), pay("1"), ZONE);
    expect(told).toMatchObject({ event: { isRepeat: true }, facts: [] });
    const historical = fold(member(), { ...pay("1"), isHistorical: true });
    const first = project(historical, pay("1"), ZONE);
    expect(first.event).not.toHaveProperty("isRepeat");
    expect(first.facts).toEqual([]);
  });
});

describe("orders", () => {
  it("count a paid order of any channel as a purchase, and in a store also as a visit", () => {
    const { member: after, facts } = project(
      member(),
      event("order_paid", { order_id: "1", amount: 12_050, store: "S1" }),
      ZONE,
    );
    expect(after).toMatchObject({ orders: 1, spent: 12_050, visits: 1, lastOrderAt: at("2026-03-01T12:00:00Z") });
    expect(facts.map((f) => [f.name, f.count, f.amount])).toEqual([
      ["order_paid", 1, 12_050],
      ["purchase", 1, 12_050],
      ["visit", 1, 0],
    ]);
    expect(
      fold(member(), event("order_paid", { order_id: "2", amount: 1, store: "S1", channel: "online" })).visits,
    ).toBe(0);
  });
  it("undo the purchase of a full refund, not the visit; a partial refund only the money", () => {
    const bought = fold(member(), event("order_paid", { order_id: "1", amount: 10_000, store: "S1" }));
    expect(fold(bought, event("order_refunded", { order_id: "1", amount: 10_000, is_full: true }))).toMatchObject({
      orders: 0,
      spent: 0,
      visits: 1,
    });
    expect(fold(bought, event("order_refunded", { order_id: "1", amount: 3_000, is_full: false }))).toMatchObject({
      orders: 1,
      spent: 7_000,
    });
  });
  it("keep first and last order right when orders arrive out of order", () => {
    const late = event("order_paid", { amount: 1 }, { occurredAt: at("2026-02-01T00:00:00Z") });
    expect(fold(member(), event("order_paid", { amount: 1 }), late)).toMatchObject({
      firstOrderAt: at("2026-02-01T00:00:00Z"),
      lastOrderAt: at("2026-03-01T12:00:00Z"),
    });
  });
});

describe("days", () => {
  it("are the workspace's, also on both sides of its midnight", () => {
    const day = (instant: string) =>
      project(member(), event("check_in", {}, { occurredAt: at(instant) }), ZONE).facts[0]?.day;
    expect([day("2026-03-01T15:59:59.999Z"), day("2026-03-01T16:00:00Z"), day("2026-03-01T15:59:59Z")]).toEqual([
      "2026-03-01",
      "2026-03-02",
      "2026-03-01",
    ]);
  });
});

describe("attributes", () => {
  const says = (traits: Record<string, unknown>, occurredAt: string, more: Partial<InboxEvent> = {}) =>
    event("identified", {}, { type: "identify", traits, occurredAt: at(occurredAt), ...more });
  it("keep what was said last, whatever the order of arrival", () => {
    const after = fold(
      member(),
      says({ district: "静安", name: "王芳" }, "2026-03-02T00:00:00Z"),
      says({ district: "浦东", name: "王小芳", age: 3 }, "2026-03-01T00:00:00Z"),
    );
    expect(after).toMatchObject({ name: "王芳", attributes: { district: "静安", age: 3 } });
  });
  it("let a null remove, and remember when it did", () => {
    const after = fold(
      member(),
      says({ district: "静安" }, "2026-03-01T00:00:00Z"),
      says({ district: null }, "2026-03-03T00:00:00Z"),
      says({ district: "浦东" }, "2026-03-02T00:00:00Z"),
    );
    expect(after.attributes).toEqual({});
  });
  it("tell what changed", () => {
    expect(
      project(member({ name: "A" }), says({ name: "B", Size: "L" }, "2026-03-01T00:00:00Z"), ZONE).changes,
    ).toEqual([
      { name: "name", was: "A", is: "B" },
      { name: "attributes.size", was: null, is: "L" },
    ]);
  });
  it("set a tier only when a trusted sender says so", () => {
    expect(fold(member(), says({ tier: "gold" }, "2026-03-01T00:00:00Z")).tier).toBe("basic");
    expect(fold(member(), says({ tier: "gold" }, "2026-03-01T00:00:00Z", { isTrusted: true })).tier).toBe("gold");
  });
  it("join a Chinese name without a blank, family name first", () => {
    expect(fold(member(), says({ firstName: "小明", lastName: "王" }, "2026-03-01T00:00:00Z")).name).toBe("王小明");
    expect(fold(member(), says({ firstName: "Ada", lastName: "Lovelace" }, "2026-03-01T00:00:00Z")).name).toBe(
      "Ada Lovelace",
    );
  });
});

it("does not touch the member it was given", () => {
  const before = member({ attributes: { a: 1 } });
  const copy = structuredClone(before);
  project(before, event("order_paid", { amount: 5, store: "S" }, { traits: { a: 2, name: "X" } }), ZONE);
  expect(before).toEqual(copy);
});

describe("whom a till knows by a phone or email", () => {
  const till = (knownBy: InboxEvent["knownBy"], day = "2026-03-01") =>
    on(day, event("order_paid", { amount: 100 }, { ...(knownBy && { knownBy }) }));
  const says = (traits: Record<string, unknown>, day = "2026-02-01") =>
    on(day, event("identified", {}, { type: "identify", traits }));
  const known = { phone: "+8613800138000", email: "a@example.com" };
  const own = { phone: "+8613900139000" };

  it.each<[string, InboxEvent[], (string | null)[]]>([
    ["is reached there", [till(known)], [known.phone, known.email]],
    ["is reached where they said first", [says(own), till(known)], [own.phone, known.email]],
    ["is reached where they said, though that came later", [till(known), says(own)], [own.phone, known.email]],
    ["is not reached at what they gave up", [says({ phone: null }), till(known)], [null, known.email]],
    ["nor when they give it up", [till(known), says({ phone: null, email: null })], [null, null]],
    ["stays reached at the first of two", [till(known), till(own)], [known.phone, known.email]],
  ])("%s", (_, events, reached) => {
    const { phone, email } = fold(member(), ...events);
    expect([phone, email]).toEqual(reached);
  });

  it("has that told as a change, once", () => {
    const first = project(member(), till({ phone: known.phone }), ZONE);
    expect(first.changes).toEqual([{ name: "phone", was: null, is: known.phone }]);
    expect(project(first.member, till({ phone: known.phone }), ZONE).changes).toEqual([]);
  });
});
