import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { routes } from "./management";
import { BODY_LIMIT, bodyLimit } from "./route";
import { buildServer } from "./server";

await database({ max: 24 });
const app = await buildServer();
let origin = "";
let tea: Shop;
beforeAll(async () => {
  origin = await app.listen({ port: 0, host: "127.0.0.1" });
  tea = await shop();
});
afterAll(() => app.close());

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const ask = (method: "GET" | "POST" | "PATCH", path: string, headers: Record<string, string>, payload?: object) =>
  app.inject({ method, url: `/api/v1${path}`, headers, ...(payload && { payload }) });

type Operation = {
  requestBody?: { content: Record<string, { example?: object; schema: { examples?: object[] } }> };
};

/** Whether a reference within a document finds something. */
const leads = (document: unknown, ref: string): boolean =>
  ref.startsWith("#/") &&
  ref
    .slice(2)
    .split("/")
    .reduce<unknown>(
      (at, part) =>
        typeof at === "object" && at !== null
          ? Reflect.get(at, part.replaceAll("~1", "/").replaceAll("~0", "~"))
          : undefined,
      document,
    ) !== undefined;

const documented = (path: string) => `/api/v1${path.replace(/:(\w+)/g, "{$1}")}`;
/** The parameters that a document tells of a POST. */
const namesOf = (
  { paths }: { paths: Record<string, { post?: { parameters?: { name: string }[] } }> },
  path: string,
): string[] => paths[documented(path)]?.post?.parameters?.map(({ name }) => name) ?? [];

describe("the management API", () => {
  it("answers the same key and body once more, and another body not at all", async () => {
    const headers = { ...bearer(tea.apiKey), "idempotency-key": "merchant-1" };
    const first = await ask("POST", "/merchants", headers, { code: "ONCE", name: "Once" });
    const again = await ask("POST", "/merchants", headers, { code: "ONCE", name: "Once" });
    expect([first.statusCode, again.statusCode, again.json().id]).toEqual([200, 200, first.json().id]);
    expect((await ask("POST", "/merchants", headers, { code: "TWICE", name: "Twice" })).json()).toMatchObject({
      status: 422,
      code: "key_reused",
    });
  });
  it.each([
    ["POST", "/merchants", { code: "no spaces please", name: "x" }, 400, "invalid", "code"],
    ["POST", "/merchants", { name: "x" }, 400, "invalid", "code"],
    ["POST", "/merchants", [], 400, "invalid", undefined],
    ["POST", "/merchants", { code: "M1", name: "twin" }, 409, "conflict", "code"],
    [
      "POST",
      "/stores",
      { merchant: "00000000-0000-7000-8000-000000000000", code: "S", name: "S" },
      404,
      "not_found",
      "merchant",
    ],
    ["POST", "/stores", { merchant: "x", code: "S", name: "S" }, 400, "invalid", "merchant"],
    ["POST", "/keys", { kind: "write", name: "w", scopes: ["server", "*"] }, 400, "invalid", "scopes[1]"],
    ["PATCH", "/workspace", { timeZone: "Mars/Olympus" }, 400, "invalid", "timeZone"],
    ["PATCH", "/workspace", { currency: "USD" }, 400, "invalid", undefined],
    ["GET", "/events?limit=1000", undefined, 400, "invalid", "limit"],
    ["GET", "/events?member=x", undefined, 400, "invalid", "member"],
    ["POST", "/dead-letters/x/replay", {}, 400, "invalid", "letter"],
    [
      "POST",
      "/journeys/00000000-0000-7000-8000-000000000000/versions/1/restore",
      { revision: 2 ** 40 },
      400,
      "invalid",
      "revision",
    ],
    ["GET", "/offers/00000000-0000-7000-8000-000000000000", undefined, 404, "not_found", undefined],
    ["POST", "/coupons/NOSUCHCODE/void", { reason: "x" }, 404, "not_found", undefined],
    ["GET", "/nowhere", undefined, 404, "not_found", undefined],
  ] as const)("answers %s %s with %j by %d %s at %s", async (method, path, body, status, code, at) => {
    const answer = await ask(method, path, bearer(tea.apiKey), body);
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([
      status,
      "application/problem+json; charset=utf-8",
    ]);
    expect(answer.json()).toMatchObject({
      status,
      code,
      type: `urn:regulars:problem:${code}`,
      ...(at && { path: at }),
    });
    expect(answer.json().title).toMatch(/^[A-Z]/);
    expect(answer.json().detail).toMatch(/\w{5}/);
  });
  it("refuses what is no JSON, or too long an Idempotency-Key", async () => {
    const raw = await app.inject({
      method: "POST",
      url: "/api/v1/merchants",
      headers: { ...bearer(tea.apiKey), "content-type": "application/json" },
      payload: "{",
    });
    expect([raw.statusCode, raw.json().code]).toEqual([400, "invalid"]);
    const detailOf = async (payload: string) => {
      const headers = { ...bearer(tea.apiKey), "content-type": "application/json" };
      return (await app.inject({ method: "POST", url: "/api/v1/merchants", headers, payload })).json().detail;
    };
    expect(await detailOf('{"code":"P","name":"a prototype"')).toBe("the body should be JSON");
    expect(await detailOf('{"code":"P","name":"x","__proto__":{"a":1}}')).toMatch(/may not hold a name like __proto__/);
    expect(
      (
        await ask(
          "POST",
          "/merchants",
          { ...bearer(tea.apiKey), "idempotency-key": "k".repeat(201) },
          { code: "L", name: "L" },
        )
      ).json(),
    ).toMatchObject({ code: "invalid", path: "Idempotency-Key" });
  });
  it("describes each of its routes, and the event API", async () => {
    const document = (await app.inject({ url: "/docs/json" })).json();
    type Said = { summary?: string; responses: Record<string, { content?: Record<string, unknown> }> };
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        "/v1/track",
        "/v1/events",
        "/api/v1/members/{member}",
        "/api/v1/redemptions/confirm",
        "/streams",
      ]),
    );
    for (const [path, operations] of Object.entries<Record<string, Said>>(document.paths))
      for (const { summary, responses } of Object.values(operations)) {
        expect([path, summary]).toEqual([path, expect.stringContaining(" ")]);
        // What a generated client reads of a mistake is what the API sends.
        for (const [status, { content = {} }] of Object.entries(responses))
          if (/^[45]/.test(status))
            expect([path, status, Object.keys(content)]).toEqual([path, status, ["application/problem+json"]]);
      }
  });
  it("describes itself so that every reference leads somewhere, and every POST that writes takes an Idempotency-Key", async () => {
    const document = (await app.inject({ url: "/openapi.json" })).json();
    expect(document).toEqual((await app.inject({ url: "/docs/json" })).json());
    const astray: string[] = [];
    const open: unknown[] = [document];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (typeof one !== "object" || one === null) continue;
      if ("$ref" in one && typeof one.$ref === "string" && !leads(document, one.$ref)) astray.push(one.$ref);
      open.push(...Object.values(one));
    }
    expect(astray).toEqual([]);
    const posted = routes.filter(({ method, useCase }) => method === "POST" && useCase.audit && !useCase.isSecret);
    expect(posted.length).toBeGreaterThan(50);
    for (const { path } of posted)
      expect([path, namesOf(document, path)]).toEqual([path, expect.arrayContaining(["idempotency-key"])]);
    const { paths } = document;
    expect(paths["/api/v1/journeys/{journey}/stop"].post.requestBody.required).toBe(false);
    expect(paths["/api/v1/offers"].post.requestBody.required).toBe(true);
  });
  it("promises nothing for an Idempotency-Key where an answer holds a secret", async () => {
    const document = (await app.inject({ url: "/openapi.json" })).json();
    const secrets = routes.filter(({ method, path }) =>
      /"(password|secret)":|in this answer only/.test(
        JSON.stringify(document.paths[documented(path)][method.toLowerCase()].responses["200"]),
      ),
    );
    expect(secrets.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /keys",
      "POST /keys/:key/rotate",
      "POST /people",
      "POST /people/:person/password",
      "POST /webhooks/secret",
      "POST /webhooks/secret/rotate",
    ]);
    for (const { path, useCase } of secrets)
      expect([path, useCase.isSecret, namesOf(document, path).includes("idempotency-key")]).toEqual([
        path,
        true,
        false,
      ]);
  });
  it("gives examples that are taken as they stand, but for ids of the caller's own", async () => {
    const own = await shop();
    const { paths } = (await app.inject({ url: "/openapi.json" })).json();
    const refusedAs: Record<string, string> = {};
    let tried = 0;
    for (const [path, { post }] of Object.entries<{ post?: Operation }>(paths)) {
      const content = post?.requestBody?.content["application/json"];
      const example = content?.example ?? content?.schema.examples?.[0];
      if (example === undefined) continue;
      tried += 1;
      const answer = await app.inject({
        method: "POST",
        url: path.replace(/\{\w+\}/g, "0190a000-0000-7000-8000-000000000002"),
        headers: path.startsWith("/v1/")
          ? { authorization: `Basic ${Buffer.from(`${own.writeKey}:`).toString("base64")}` }
          : bearer(own.apiKey),
        payload: example,
      });
      if (answer.statusCode !== 200) refusedAs[path] = answer.json().code;
      else expect([path, answer.json().rejected, answer.json().warnings]).toEqual([path, undefined, undefined]);
    }
    expect(tried).toBeGreaterThan(30);
    // They name a member, an offer, a merchant or a coupon that is nobody's here.
    expect(new Set(Object.values(refusedAs))).toEqual(new Set(["not_found"]));
    for (const path of Object.keys(refusedAs)) expect(path).toMatch(/\{|stores|redemptions/);
  });
  it("pages through events and dead letters to their end, each once", async () => {
    const own = await shop();
    const basic = `Basic ${Buffer.from(`${own.writeKey}:`).toString("base64")}`;
    const batch = Array.from({ length: 7 }, (_, i) => [
      { type: "track", userId: "u", event: `e${i}` },
      { type: "track", userId: "u", event: "order_paid", messageId: `bad${i}` },
    ]).flat();
    await app.inject({ method: "POST", url: "/v1/batch", headers: { authorization: basic }, payload: { batch } });
    for (const list of ["events", "dead-letters"]) {
      const ids: string[] = [];
      let cursor: string | null = "";
      do {
        const answer: { items: { id: string }[]; next: string | null } = (
          await ask("GET", `/${list}?limit=3&cursor=${cursor}`, bearer(own.apiKey))
        ).json();
        ids.push(...answer.items.map(({ id }) => id));
        cursor = answer.next;
      } while (cursor !== null);
      expect([list, ids.length, new Set(ids).size]).toEqual([list, 7, 7]);
    }
  });
});

describe("a long journey", () => {
  const drawing = (steps: number, note: string) => ({
    name: "Long",
    entry: "n0",
    nodes: Array.from({ length: steps }, (_, i) => ({ id: `n${i}`, kind: "delay", config: {}, note })),
    edges: [],
    settings: {},
  });
  const long = drawing(500, "注".repeat(2_000));
  it("is taken wherever a document is", () => {
    const large = routes.filter((route) => bodyLimit(route) > BODY_LIMIT);
    expect(large.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /journeys",
      "POST /journeys/check",
      "POST /journeys/check-templates",
      "PUT /journeys/:journey",
    ]);
  });
  it("is made and saved", async () => {
    const own = await shop();
    const made = await ask("POST", "/journeys", bearer(own.apiKey), { document: long });
    expect([made.statusCode, made.json().detail]).toEqual([200, undefined]);
    const saved = await app.inject({
      method: "PUT",
      url: `/api/v1/journeys/${made.json().id}`,
      headers: bearer(own.apiKey),
      payload: { document: { ...long, name: "Longer" }, revision: 1 },
    });
    expect([saved.statusCode, saved.json().name]).toEqual([200, "Longer"]);
  });
  it("is refused beyond that, from somebody unknown before it is read, and anywhere else", async () => {
    const own = await shop();
    const beyond = {
      ...long,
      nodes: [...long.nodes.slice(1), { ...long.nodes[0], config: { text: "信".repeat(2_000_000) } }],
    };
    expect((await ask("POST", "/journeys", bearer(own.apiKey), { document: beyond })).json()).toMatchObject({
      status: 400,
      detail: "larger than 3000000 characters",
      path: "document",
    });
    expect((await ask("POST", "/journeys", bearer("sk_nobody"), { document: long })).statusCode).toBe(401);
    expect((await ask("POST", "/segments", bearer(own.apiKey), { document: long })).json()).toMatchObject({
      status: 413,
      detail: "a request should be at most 1024 KB",
    });
  });
});

describe("streams", () => {
  it("tell a workspace's own topics and no other's, and end when the server goes", async () => {
    const [own, other] = [await shop(), await shop()];
    const stop = new AbortController();
    const response = await fetch(`${origin}/streams?topic=events`, {
      headers: bearer(own.apiKey),
      signal: stop.signal,
    });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    let heard = "";
    const reading = (async () => {
      const reader = response.body?.getReader();
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
        heard += Buffer.from(part.value).toString();
    })().catch(() => {});
    await until(() => heard.includes("retry"));
    const send = (key: string) =>
      app.inject({
        method: "POST",
        url: "/v1/track",
        headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` },
        payload: { userId: "u", event: "x" },
      });
    await send(other.writeKey);
    await send(own.writeKey);
    await until(() => heard.includes('data: {"topic":"events"}'), { what: "the topic" });
    expect(heard.match(/data:/g)).toHaveLength(1);
    stop.abort();
    await reading;
    expect((await fetch(`${origin}/streams`, { headers: bearer(own.apiKey) })).status).toBe(400);
    expect((await fetch(`${origin}/streams?topic=events`)).status).toBe(401);
  });
});

describe("a browser that leaves while its stream is opened", () => {
  it("leaves none behind", async () => {
    const server = await buildServer();
    const address = new URL(await server.listen({ port: 0, host: "127.0.0.1" }));
    const own = await shop();
    // The first streams of a process wait until it listens to the database: they are gone before that.
    for (let i = 0; i < 3; i++) {
      const socket = connect(Number(address.port), address.hostname);
      const asked = `GET /streams?topic=events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${own.apiKey}\r\n\r\n`;
      await new Promise<void>((done) => socket.write(asked, () => done()));
      socket.destroy();
    }
    const stop = new AbortController();
    await fetch(new URL("/streams?topic=events", address), { headers: bearer(own.apiKey), signal: stop.signal });
    expect((await app.inject({ url: "/metrics" })).body).toMatch(/^regulars_streams_open 1$/m);
    stop.abort();
    await server.close();
  });
});

describe("health", () => {
  it("says it is alive, ready, and counts", async () => {
    expect((await app.inject({ url: "/healthz" })).statusCode).toBe(200);
    expect((await app.inject({ url: "/readyz" })).json()).toMatchObject({
      ok: true,
      lag: { dispatch: { waiting: expect.any(Number) }, workers: expect.any(Number) },
    });
    expect((await app.inject({ url: "/metrics" })).body).toMatch(/regulars_events_accepted_total \d+/);
  });
});
