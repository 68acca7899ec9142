import { gzipSync } from "node:zlib";
import { Analytics } from "@segment/analytics-node";
import { CloudEvent, emitterFor, httpTransport, Mode } from "cloudevents";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { laneOf, type MemberId } from "@/core/ids";
import { engine, listen, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { buildServer } from "../server";

await database({ max: 24 });
const app = await buildServer();
let origin = "";
let tea: Shop;
beforeAll(async () => {
  origin = await app.listen({ port: 0, host: "127.0.0.1" });
  tea = await shop();
});
afterAll(() => app.close());

const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString("base64")}`;
const post = (path: string, body: unknown, headers: Record<string, string> = {}, at: Shop = tea) =>
  fetch(`${origin}${path}`, {
    method: "POST",
    headers: { authorization: basic(at.writeKey), ...headers },
    body:
      typeof body === "string"
        ? body
        : body instanceof Uint8Array
          ? new Blob([new Uint8Array(body)])
          : JSON.stringify(body),
  });
const count = async (table: "event" | "inbox" | "member" | "dead_letter" | "identity", at: Shop) =>
  (
    await engine((tx) =>
      tx.one<{ n: number }>(
        {
          event: sql`SELECT count(*) AS n FROM event WHERE workspace_id = ${at.workspace}`,
          inbox: sql`SELECT count(*) AS n FROM inbox WHERE workspace_id = ${at.workspace}`,
          member: sql`SELECT count(*) AS n FROM member WHERE workspace_id = ${at.workspace} AND merged_into IS NULL`,
          dead_letter: sql`SELECT count(*) AS n FROM dead_letter WHERE workspace_id = ${at.workspace}`,
          identity: sql`SELECT count(*) AS n FROM identity WHERE workspace_id = ${at.workspace}`,
        }[table],
      ),
    )
  )?.n;
const memberOf = async (value: string, at: Shop) =>
  (
    await engine((tx) =>
      tx.one<{ member: MemberId }>(
        sql`SELECT member_id AS member FROM identity WHERE workspace_id = ${at.workspace} AND value = ${value}`,
      ),
    )
  )?.member;

describe("an accepted event", () => {
  it("is there when the answer is, with its inbox row and its member", async () => {
    const own = await shop();
    const response = await post(
      "/v1/track",
      { userId: "u1", event: "Order Completed", messageId: "m1", properties: { order_id: "1", total: 100 } },
      {},
      own,
    );
    expect([response.status, await response.json()]).toEqual([200, { success: true }]);
    const row = await engine((tx) =>
      tx.one<{
        name: string;
        properties: unknown;
        lane: number;
        member: MemberId;
        event: { acceptedAt: number; isTrusted: boolean };
        at: Date;
      }>(sql`
      SELECT e.name, e.properties, i.lane, i.member_id AS member, i.event, e.accepted_at AS at FROM event e JOIN inbox i ON i.workspace_id = e.workspace_id
      WHERE e.workspace_id = ${own.workspace}`),
    );
    expect(row).toMatchObject({
      name: "order_paid",
      properties: { order_id: "1", amount: 10_000 },
      event: { isTrusted: true },
    });
    expect(row?.event.acceptedAt).toBe(row?.at.getTime());
    expect(row?.lane).toBe(laneOf(own.workspace, row?.member ?? ("" as MemberId)));
  });
  it("acts once, though twenty twins come at one moment, each alone and in batches", async () => {
    const own = await shop();
    const event = { type: "track", userId: "u1", event: "check_in", messageId: "twin" };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        i % 2 ? post("/v1/track", event, {}, own) : post("/v1/batch", { batch: [event, event] }, {}, own),
      ),
    );
    expect(answers.map((a) => a.status)).toEqual(Array(20).fill(200));
    expect([
      await count("event", own),
      await count("inbox", own),
      await count("member", own),
      await count("dead_letter", own),
    ]).toEqual([1, 1, 1, 0]);
  });
  it("is not replaced by another body under its messageId: that is kept as a dead letter, once", async () => {
    const own = await shop();
    await post("/v1/track", { userId: "u1", event: "check_in", messageId: "m" }, {}, own);
    const other = { userId: "u1", event: "order_placed", properties: { order_id: "1" }, messageId: "m" };
    for (let i = 0; i < 2; i++) {
      const answer = await post("/v1/track", other, {}, own);
      expect([answer.status, await answer.json()]).toMatchObject([
        200,
        { success: true, warnings: [{ path: "messageId", code: "duplicate_with_other_body" }] },
      ]);
    }
    expect([await count("event", own), await count("dead_letter", own)]).toEqual([1, 1]);
  });
  it("counts per workspace: the same messageId of another is another event", async () => {
    const [one, two] = [await shop(), await shop()];
    await Promise.all(
      [one, two].map((own) => post("/v1/track", { userId: "u1", event: "check_in", messageId: "same" }, {}, own)),
    );
    expect([await count("event", one), await count("event", two)]).toEqual([1, 1]);
  });
  it("wakes its lane when nobody works on it", async () => {
    const heard: string[] = [];
    const stop = await listen(
      ["lane"],
      (_channel, lane) => heard.push(lane),
      () => {},
    );
    await post("/v1/track", { userId: "waker", event: "check_in" });
    const member = await memberOf("waker", tea);
    await until(() => member && heard.includes(String(laneOf(tea.workspace, member))), { what: "NOTIFY lane" });
    await stop();
  });
  it("makes one member of a hundred first events at one moment", async () => {
    const own = await shop();
    await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        post("/v1/track", { userId: "same", anonymousId: `b${i % 3}`, event: `e${i}` }, {}, own),
      ),
    );
    expect([await count("event", own), await count("member", own), await count("identity", own)]).toEqual([100, 1, 4]);
  });
});

describe("who is who", () => {
  it("joins anonymous history on sign-in, keeps the sums and audits it", async () => {
    const own = await shop();
    await post("/v1/identify", { userId: "alice", traits: { name: "A" } }, {}, own);
    await post("/v1/page", { anonymousId: "x", name: "Home" }, {}, own);
    const [alice, anonymous] = [await memberOf("alice", own), await memberOf("x", own)];
    await engine((tx) =>
      tx.run(
        sql`UPDATE member SET visits = 2, spent = 500, orders = 1 WHERE workspace_id = ${own.workspace} AND id = ANY(${[alice, anonymous]}::uuid[])`,
      ),
    );
    await engine((tx) =>
      tx.run(
        sql`INSERT INTO fact (workspace_id, member_id, name, day, count) SELECT ${own.workspace}, m, 'visit', '2026-11-01', 1 FROM unnest(${[alice, anonymous]}::uuid[]) AS m`,
      ),
    );
    expect((await post("/v1/identify", { userId: "alice", anonymousId: "x" }, {}, own)).status).toBe(200);
    expect(await memberOf("x", own)).toBe(alice);
    const merged = await engine((tx) =>
      tx.one(sql`
      SELECT s.visits, s.spent, s.orders, f.count, (SELECT count(*) FROM event e WHERE e.workspace_id = s.workspace_id AND e.member_id = s.id) AS events,
        (SELECT merged_into FROM member m WHERE m.workspace_id = s.workspace_id AND m.id = ${anonymous}) AS into,
        (SELECT action FROM audit a WHERE a.workspace_id = s.workspace_id) AS audited
      FROM member s JOIN fact f ON f.workspace_id = s.workspace_id AND f.member_id = s.id WHERE s.workspace_id = ${own.workspace} AND s.id = ${alice}`),
    );
    expect(merged).toEqual({
      visits: 4,
      spent: 1000,
      orders: 2,
      count: 2,
      events: 3,
      into: alice,
      audited: "member.merged",
    });
  });
  it("gives a phone to its first owner only, so that no message goes astray", async () => {
    const own = await shop();
    await post("/v1/identify", { userId: "alice", traits: { phone: "13800138000" } }, {}, own);
    await post("/v1/identify", { userId: "bob", traits: { phone: "+86 138 0013 8000" } }, {}, own);
    const said = await engine((tx) =>
      tx.rows<{ traits: unknown }>(
        sql`SELECT event -> 'traits' AS traits FROM inbox WHERE workspace_id = ${own.workspace} ORDER BY id`,
      ),
    );
    expect(said.map((row) => row.traits)).toEqual([
      { phone: "+8613800138000" },
      { unverified_phone: "+8613800138000" },
    ]);
    expect(await memberOf("+8613800138000", own)).toBe(await memberOf("alice", own));
  });
  it("writes a withdrawal of consent at the door, where an older grant does not undo it", async () => {
    const own = await shop();
    const said = async () =>
      (
        await engine((tx) =>
          tx.rows<{ channel: string; granted: boolean }>(
            sql`SELECT channel, is_granted AS granted FROM consent WHERE workspace_id = ${own.workspace} ORDER BY channel`,
          ),
        )
      ).map((c) => `${c.channel} ${c.granted}`);
    await post("/v1/identify", { userId: "u", traits: { consent: { sms: true, email: true } } }, {}, own);
    expect(await said()).toEqual(["email true", "sms true"]);
    await post(
      "/v1/track",
      { userId: "u", event: "consent_withdrawn", properties: { channel: "sms" }, timestamp: "2020-01-01T00:00:00Z" },
      {},
      own,
    );
    await post(
      "/v1/identify",
      { userId: "u", traits: { consent: { sms: true } }, timestamp: new Date(Date.now() - 5_000).toISOString() },
      {},
      own,
    );
    expect(await said()).toEqual(["email true", "sms false"]);
    expect(
      await engine((tx) => tx.one(sql`SELECT member_id FROM member_gate WHERE workspace_id = ${own.workspace}`)),
    ).toBeDefined();
  });
});

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

describe("how it may be sent", () => {
  const event = { userId: "u", event: "check_in" };
  const long = "x".repeat(33 * 1024);
  it.each([
    ["no key", { authorization: "" }, event, 401, "not_signed_in", "writeKey"],
    [
      "a key of nobody",
      { authorization: basic("wk_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa") },
      event,
      401,
      "not_signed_in",
      "writeKey",
    ],
    ["no JSON", {}, "{", 400, "invalid", ""],
    ["nothing", {}, "", 400, "invalid", ""],
    ["what is not gzip", { "content-encoding": "deflate" }, "nonsense", 400, "invalid", ""],
    ["no event name", {}, { userId: "u" }, 400, "invalid", "event"],
    ["an event over 32 KB", {}, { ...event, properties: { long } }, 413, "too_large", ""],
    ["a request over 500 KB", {}, { ...event, properties: { long: "x".repeat(520_000) } }, 413, "too_large", ""],
    ["a packed bomb", {}, gzipSync(Buffer.alloc(40_000_000, " ")), 413, "too_large", ""],
  ])("not with %s", async (_what, headers, body, status, code, path) => {
    const response = await post("/v1/track", body, headers);
    expect([response.status, response.headers.get("content-type")]).toEqual([
      status,
      "application/problem+json; charset=utf-8",
    ]);
    expect(await response.json()).toMatchObject({ status, code, ...(path && { path }) });
  });
  it("not in a batch with one bad event: nothing is kept and each bad place is told", async () => {
    const own = await shop();
    const response = await post(
      "/v1/batch",
      {
        batch: [
          { type: "track", ...event },
          { type: "track", userId: "u" },
          { type: "nap", userId: "u" },
          { type: "track", ...event, properties: { long } },
        ],
      },
      {},
      own,
    );
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({
      errors: [{ path: "batch[1].event" }, { path: "batch[2].type" }, { path: "batch[3]" }],
    });
    expect(await count("event", own)).toBe(0);
  });
  it("with any content-type, packed or not, with the key in the body, from any page", async () => {
    const own = await shop();
    const ways: [string, unknown, Record<string, string>][] = [
      ["/v1/t", { ...event, writeKey: own.writeKey }, { authorization: "", "content-type": "text/plain" }],
      [
        "/v1/batch",
        gzipSync(JSON.stringify({ batch: [{ type: "track", ...event }] })),
        { "content-encoding": "gzip", "content-type": "application/json" },
      ],
      ["/v1/track", gzipSync(JSON.stringify(event)), { "content-type": "application/octet-stream" }],
      [
        "/v1/p",
        { anonymousId: "a" },
        { "content-type": "application/x-www-form-urlencoded", origin: "https://shop.example" },
      ],
      ["/v1/b", { writeKey: own.writeKey, batch: [{ type: "identify", userId: "u" }] }, { authorization: "" }],
    ];
    for (const [path, body, headers] of ways) {
      const response = await post(path, body, headers, own);
      expect([path, response.status, response.headers.get("access-control-allow-origin")]).toEqual([path, 200, "*"]);
    }
    expect(await count("event", own)).toBe(5);
    expect(
      (
        await fetch(`${origin}/v1/track`, {
          method: "OPTIONS",
          headers: { origin: "https://shop.example", "access-control-request-method": "POST" },
        })
      ).status,
    ).toBe(204);
  });
  it("later, when too many wait: 503 with Retry-After, and nothing is dropped silently", async () => {
    const full = await buildServer({ events: { mostWaiting: -1 } });
    const response = await full.inject({
      method: "POST",
      url: "/v1/track",
      headers: { authorization: basic(tea.writeKey) },
      payload: event,
    });
    expect([response.statusCode, response.headers["retry-after"], response.json().code]).toEqual([503, "2", "busy"]);
    await full.close();
  });
});

describe("clients that exist", () => {
  it("Segment's own for Node", async () => {
    const own = await shop();
    const analytics = new Analytics({ writeKey: own.writeKey, host: origin, flushAt: 5, maxRetries: 0 });
    const failed: unknown[] = [];
    analytics.on("error", (error) => failed.push(error));
    analytics.identify({ userId: "alice", traits: { name: "Alice", email: "Alice@Example.com" } });
    analytics.page({ anonymousId: "x", name: "Home", properties: { url: "https://shop.example/" } });
    analytics.alias({ userId: "alice", previousId: "x" });
    for (let i = 0; i < 12; i++)
      analytics.track({
        userId: "alice",
        event: "Order Completed",
        properties: { order_id: String(i), total: 10.5 },
        timestamp: new Date(Date.now() - 60_000),
      });
    await analytics.closeAndFlush();
    expect(failed).toEqual([]);
    const names = await engine((tx) =>
      tx.rows<{ name: string; n: number; members: number }>(
        sql`SELECT name, count(*) AS n, count(DISTINCT member_id) AS members FROM event WHERE workspace_id = ${own.workspace} GROUP BY name ORDER BY name`,
      ),
    );
    expect(names).toEqual([
      { name: "aliased", n: 1, members: 1 },
      { name: "identified", n: 1, members: 1 },
      { name: "order_paid", n: 12, members: 1 },
      { name: "page_viewed", n: 1, members: 1 },
    ]);
    expect(await count("member", own)).toBe(1);
  });
  it.each([[Mode.BINARY], [Mode.STRUCTURED]])("the CloudEvents SDK, %s", async (mode) => {
    const own = await shop();
    const emit = emitterFor(httpTransport(`${origin}/v1/events?writeKey=${own.writeKey}`), { mode });
    const event = new CloudEvent({
      id: "7",
      source: "/till/1",
      type: "cn.shop.order_paid",
      subject: "alice",
      data: { order_id: "7", amount: 12_050 },
    });
    await emit(event);
    await emit(event);
    await until(async () => (await count("event", own)) === 1);
    expect(
      await engine((tx) =>
        tx.one(
          sql`SELECT name, properties, message_id AS "messageId" FROM event WHERE workspace_id = ${own.workspace}`,
        ),
      ),
    ).toEqual({ name: "order_paid", properties: { order_id: "7", amount: 12_050 }, messageId: "/till/1 7" });
  });
  it("CloudEvents in a batch, with the bad one's place told", async () => {
    const one = { specversion: "1.0", id: "1", source: "/a", type: "check_in", subject: "u" };
    expect(
      (await post("/v1/events", [one, { ...one, id: "2" }], { "content-type": "application/cloudevents-batch+json" }))
        .status,
    ).toBe(200);
    expect(await (await post("/v1/events", [one, { ...one, id: "" }])).json()).toMatchObject({
      code: "invalid",
      path: "[1].id",
    });
  });
});
