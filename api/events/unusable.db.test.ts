import { describe, expect, it } from "vitest";
import { engine, sql } from "@/platform/db";
import type { EventLine } from "@/services/debugger/list";
import { database } from "@/tests/harness/database";
import { dispatchAll, runsOf } from "@/tests/harness/journey";
import { published } from "@/tests/harness/lifecycle";
import { shop } from "@/tests/harness/shop";
import { count, memberOf, openDoor } from "./door-harness";

await database({ max: 24 });
const { app, post } = await openDoor();

/** A journey for whoever is tagged. */
const TAGGED = {
  name: "Tagged",
  entry: "t",
  nodes: [
    { id: "t", kind: "on-event", config: { event: "tag_added", when: { all: [] } } },
    { id: "wait", kind: "delay", config: { for: "P1D" } },
  ],
  edges: [{ from: "t", port: "next", to: "wait" }],
};

describe("what cannot be used", () => {
  it("is kept as a dead letter and answered with its place, and a mended one is taken under the same messageId", async () => {
    const own = await shop();
    const order = (total: number) => ({
      type: "track",
      messageId: "m",
      userId: "u",
      event: "Order Completed",
      properties: { order_id: "1", total },
    });
    for (let i = 0; i < 2; i++)
      expect(await (await post("/v1/batch", { batch: [order(1.005)] }, {}, own)).json()).toMatchObject({
        success: true,
        rejected: [{ path: "batch[0].properties.total" }],
      });
    expect([await count("event", own), await count("dead_letter", own)]).toEqual([0, 1]);
    await post("/v1/track", order(1.5), {}, own);
    expect(await count("event", own)).toBe(1);
  });
  it("is an event that says what only we can know, also from a server; it begins nothing", async () => {
    const own = await shop();
    const listening = await published(own, TAGGED);
    const tagged = { userId: "u", event: "tag_added", properties: { tag: "vip" } };
    expect(await (await post("/v1/track", tagged, {}, own)).json()).toMatchObject({
      rejected: [{ path: "event", detail: expect.stringContaining("by POST or DELETE /api/v1/members/{id}/tags") }],
    });
    // Points of another ledger are its server's to tell.
    const earned = { userId: "u", event: "points_earned", properties: { points: 5 } };
    expect(await (await post("/v1/track", earned, {}, own)).json()).toEqual({ success: true });
    await dispatchAll();
    expect(await runsOf(listening.id)).toEqual([]);
    expect([await count("event", own), await count("dead_letter", own)]).toEqual([1, 1]);
  });
  it("is told where it is a part only: the event is kept, and the debugger says the same", async () => {
    const own = await shop();
    const identify = {
      type: "identify",
      messageId: 77,
      userId: 7,
      traits: { name: "A", phone: "12", birthday: "soon" },
    };
    const answer = await post("/v1/batch", { batch: [identify] }, { "accept-language": "zh-CN" }, own);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        success: true,
        warnings: [
          { path: "batch[0].traits.birthday", detail: "未采用：应为日期，例如 1990-12-31", code: "not_taken" },
          { path: "batch[0].traits.phone", detail: expect.stringContaining("应为手机号"), code: "not_taken" },
        ],
      },
    ]);
    const list = await app.inject({ url: "/api/v1/events", headers: { authorization: `Bearer ${own.apiKey}` } });
    expect(list.json().items).toMatchObject([
      {
        messageId: "77",
        warnings: [
          { path: ["birthday"] },
          { path: ["phone"], says: { en: expect.stringContaining("a phone number") } },
        ],
      },
    ]);
    expect([await count("event", own), await memberOf("7", own)]).toEqual([1, expect.any(String)]);
  });
  it.each([
    ["time_moved", "timestamp", { timestamp: "2199-01-01T00:00:00Z" }],
    ["time_moved", "timestamp", { timestamp: "1960-01-01T00:00:00Z" }],
    ["unknown_place", "properties.store", { properties: { store: "S2" } }],
    ["unknown_place", "properties.merchant", { properties: { store: "S1", merchant: "nobody" } }],
  ])("is told as %s at %s, in both languages, and the event is kept", async (code, path, said) => {
    const own = await shop();
    for (const [language, word] of [
      ["en", /[a-z]/],
      ["zh-CN", /\p{Script=Han}/u],
    ] as const) {
      const answer = await post(
        "/v1/batch",
        {
          batch: [
            { type: "track", userId: "u", event: "check_in", properties: { store: "S1" } },
            { type: "track", userId: "u", event: "check_in", ...said },
          ],
        },
        { "accept-language": language },
        own,
      );
      const told = { path: `batch[1].${path}`, code, detail: expect.stringMatching(word) };
      expect([answer.status, await answer.json()]).toEqual([200, { success: true, warnings: [told] }]);
    }
    expect(await count("event", own)).toBe(4);
    // The event says it later too, to whoever looks at it.
    const list = await app.inject({ url: "/api/v1/events", headers: { authorization: `Bearer ${own.apiKey}` } });
    expect(
      list.json().items.map((one: EventLine) => one.warnings.map((of) => `${of.code} ${of.path.join(".")}`)),
    ).toEqual([[`${code} ${path}`], [], [`${code} ${path}`], []]);
  });
  it("is a second telling of an order: the event says that it was not counted again", async () => {
    const own = await shop();
    const order = { userId: "u", event: "order_paid", properties: { order_id: "17", amount: 100 } };
    await post("/v1/track", { ...order, messageId: "first" }, {}, own);
    await dispatchAll();
    await post("/v1/track", { ...order, messageId: "again" }, {}, own);
    await post("/v1/track", { ...order, messageId: "other", properties: { order_id: "18", amount: 100 } }, {}, own);
    await dispatchAll();
    const list = await app.inject({ url: "/api/v1/events", headers: { authorization: `Bearer ${own.apiKey}` } });
    expect(
      Object.fromEntries(
        list.json().items.map((one: EventLine) => [one.messageId, one.warnings.map(({ code }) => code)]),
      ),
    ).toEqual({ first: [], again: ["order_counted"], other: [] });
  });
  it.each([
    ["zstd", 415],
    ["gzip, gzip", 415],
    ["identity", 200],
    ["", 200],
  ])("is not a body packed as %j (%i)", async (encoding, status) => {
    const event = { userId: "u1", event: "check_in" };
    const answer = await post("/v1/track", event, { "content-encoding": encoding, "accept-language": "zh-CN" });
    expect(answer.status).toBe(status);
    if (status !== 415) return;
    expect(answer.headers.get("accept-encoding")).toBe("gzip, deflate, br");
    expect(await answer.json()).toMatchObject({
      code: "wrong_content_type",
      detail: expect.stringContaining("gzip, deflate, br"),
    });
  });
  it("does not fail its neighbours", async () => {
    const own = await shop();
    await engine((tx) => tx.run(sql`ALTER TABLE event ADD CONSTRAINT no_poison CHECK (name <> 'poison')`));
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        post("/v1/track", { userId: `u${i}`, event: i === 17 ? "poison" : "fine" }, {}, own),
      ),
    );
    await engine((tx) => tx.run(sql`ALTER TABLE event DROP CONSTRAINT no_poison`));
    expect(answers.every((a) => a.status === 200)).toBe(true);
    expect([await count("event", own), await count("dead_letter", own)]).toEqual([29, 1]);
  });
  it("in JSON that Postgres cannot hold is mended", async () => {
    const own = await shop();
    expect(
      (await post("/v1/track", '{"userId":"u","event":"x","properties":{"a":"\\u0000\\ud800ok","\\u0000":1}}', {}, own))
        .status,
    ).toBe(200);
    expect(
      await engine((tx) => tx.one(sql`SELECT properties FROM event WHERE workspace_id = ${own.workspace}`)),
    ).toEqual({ properties: { a: "��ok", "�": 1 } });
  });
});
