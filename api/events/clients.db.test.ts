import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { Analytics } from "@segment/analytics-node";
import { CloudEvent, emitterFor, httpTransport, Mode } from "cloudevents";
import { describe, expect, it } from "vitest";
import { engine, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { buildServer } from "../server";
import { basic, count, openDoor } from "./door-harness";

await database({ max: 24 });
const { origin, shop: tea, post } = await openDoor();

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
    [
      "another encoding than UTF-8",
      {},
      Buffer.from([0x7b, 0x22, 0xbb, 0xe1, 0xd4, 0xb1, 0x22, 0x3a, 0x31, 0x7d]),
      400,
      "invalid",
      "",
    ],
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
  it("not without a key: a program is told of Basic and Bearer, a page of no scheme for which its browser would ask the customer", async () => {
    const told = async (headers: Record<string, string>) =>
      (await post("/v1/track", event, { authorization: "", ...headers })).headers.get("www-authenticate");
    expect(await told({})).toBe('Basic realm="events", charset="UTF-8", Bearer');
    expect(await told({ origin: "https://shop.example" })).toBe("Bearer");
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
      ["/v1/track", event, { authorization: basic(own.writeKey).replace(" ", "   ") }],
      ["/v1/track", event, { authorization: `bearer  ${own.writeKey} ` }],
      ["/v1/track", event, { "content-type": "json" }],
      ["/v1/batch/", { batch: [{ type: "track", ...event }] }, {}],
      ["//v1/track", event, {}],
      ["/v1/track", Buffer.from(`\ufeff${JSON.stringify(event)}`), {}],
      ["/v1/track", deflateSync(JSON.stringify(event)), { "content-encoding": "deflate" }],
      ["/v1/track", deflateRawSync(JSON.stringify(event)), { "content-encoding": "deflate" }],
      ["/v1/b", { writeKey: own.writeKey, batch: [{ type: "identify", userId: "u" }] }, { authorization: "" }],
    ];
    for (const [path, body, headers] of ways) {
      const response = await post(path, body, headers, own);
      const readers = "origin" in headers ? headers.origin : "*";
      expect([path, response.status, response.headers.get("access-control-allow-origin")]).toEqual([
        path,
        200,
        readers,
      ]);
    }
    expect(await count("event", own)).toBe(ways.length);
  });
  it("from a page by sendBeacon, which sends JSON with credentials and takes no *", async () => {
    for (const url of ["/v1/track", "/v1/nowhere"])
      for (const method of ["OPTIONS", "POST"]) {
        const headers = { origin: "https://shop.example", "access-control-request-headers": "content-type" };
        const answer = await fetch(`${origin}${url}`, { method, headers });
        const said = (name: string) => answer.headers.get(`access-control-allow-${name}`);
        expect([url, method, said("origin"), said("credentials")]).toEqual([url, method, headers.origin, "true"]);
        expect(answer.headers.get("vary")).toBe("origin");
        if (method === "OPTIONS" && url === "/v1/track")
          expect([answer.status, said("headers")]).toEqual([204, "content-type"]);
      }
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
  it("CloudEvents by their own words, all that is wrong at once", async () => {
    const one = { specversion: "1.0", id: "1", source: "/a", type: "check_in", subject: "u" };
    const { subject: _, ...nobody } = one;
    const answer = await post("/v1/events", [{ ...one, id: "" }, nobody, { ...one, id: "3", time: "yesterday" }]);
    expect(await answer.json()).toMatchObject({
      status: 400,
      errors: [{ path: "[0].id" }, { path: "[1].subject" }, { path: "[2].time" }],
    });
    await post("/v1/events", { ...one, id: "4", data: { a: 1 } });
    expect(await (await post("/v1/events", [{ ...one, id: "4", data: { a: 2 } }])).json()).toMatchObject({
      warnings: [{ path: "[0].id", code: "duplicate_with_other_body" }],
    });
  });
});
