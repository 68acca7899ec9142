import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { routes } from "./management";
import type { Route } from "./route";
import { buildServer } from "./server";

await database({ max: 24 });
const app = await buildServer();
afterAll(() => app.close());
let tea: Shop;
beforeAll(async () => {
  tea = await shop();
});

const ID = "0190a000-0000-7000-8000-000000000001";
/** What a schema library would say by itself. */
const RAW =
  /Invalid (input|option|discriminator|string|UUID|ISO|URL|email|number)|Unrecognized key|Too (big|small)|ZodError|received /;
const line = ({ method, path }: Route) => `${method} ${path}`;
const at = (route: Route, query = "") =>
  `/api/v1${route.path.replace(/:(version)/g, "1").replace(/:\w+/g, ID)}${query}`;

type Sent = { query?: string; payload?: string | Buffer; headers?: Record<string, string> };
const ask = (route: Route, { query, payload, headers }: Sent) =>
  app.inject({
    method: route.method,
    url: at(route, query),
    headers: {
      authorization: `Bearer ${tea.apiKey}`,
      ...(payload !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(payload !== undefined && { payload }),
  });
type Answer = Awaited<ReturnType<typeof ask>>;

/** Never our mistake; when refused, then as a problem whose words are our own. */
function isMannered(answer: Answer, what: string): void {
  expect([what, answer.statusCode < 500 || answer.statusCode === 503]).toEqual([what, true]);
  if (answer.statusCode < 400) return;
  expect([what, answer.headers["content-type"]]).toEqual([what, "application/problem+json; charset=utf-8"]);
  const { status, code, title, detail } = answer.json();
  expect([what, status, typeof code, typeof title]).toEqual([what, answer.statusCode, "string", "string"]);
  expect(`${what}: ${detail}`).not.toMatch(RAW);
  if (answer.headers["content-language"] === "zh-CN" && detail !== undefined)
    expect(`${title}: ${detail}`, what).toMatch(/\p{Script=Han}.*: .*\p{Script=Han}/u);
}

const VALUES: unknown[] = [
  null,
  true,
  123,
  -1,
  1e308,
  "",
  "x",
  "a\u0000b",
  "\ud800",
  "x".repeat(5_000),
  [],
  [null],
  {},
  { zz: { zz: 1 } },
];
const deep = `${"[".repeat(3_000)}${"]".repeat(3_000)}`;
const BODIES: [string, Sent, number, string?][] = [
  ["no JSON", { payload: "{" }, 400],
  ["a text", { payload: '"text"' }, 400],
  ["a list", { payload: "[1]" }, 400],
  ["null", { payload: "null" }, 400],
  ["a body that nests too deep", { payload: `{"name":${deep}}` }, 400],
  ["a number that is none", { payload: '{"name":NaN}' }, 400],
  ["broken UTF-8", { payload: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) }, 400],
  ["a polluting name", { payload: '{"__proto__":{"x":1}}' }, 400],
  ["11 MB", { payload: `{"name":"${"x".repeat(11_000_000)}"}` }, 413],
  ["a packed body", { payload: gzipSync("{}"), headers: { "content-encoding": "gzip" } }, 415],
  ["a form", { payload: "name=x", headers: { "content-type": "application/x-www-form-urlencoded" } }, 415],
];

const all = routes.map((route) => [line(route), route] as const);
const writing = all.filter(([, { method }]) => ["POST", "PUT", "PATCH"].includes(method));

describe.each(["en", "zh-CN"])("in %s", (language) => {
  const headers = { "accept-language": language };
  it.each(writing)("%s refuses bodies it cannot read", async (_line, route) => {
    for (const [what, sent, status] of BODIES) {
      const answer = await ask(route, { ...sent, headers: { ...headers, ...sent.headers } });
      isMannered(answer, what);
      expect([what, answer.statusCode]).toEqual([what, status]);
    }
  });
  it.each(writing)("%s takes no field that it does not know, and names those it does", async (_line, route) => {
    if (!route.names) return;
    const answer = await ask(route, { payload: '{"zz":1}', headers });
    isMannered(answer, "zz");
    expect([answer.statusCode, answer.json().path]).toEqual([400, "zz"]);
    const own = route.names.filter((name) => !route.parameters.includes(name));
    for (const name of own) expect(answer.json().detail).toContain(name);
  });
  it.each(writing)("%s says what is wrong with each field", async (_line, route) => {
    isMannered(await ask(route, { payload: "{}", headers }), "nothing");
    for (const name of route.names ?? [])
      for (const value of VALUES) {
        const payload = JSON.stringify({ [name]: value });
        isMannered(await ask(route, { payload, headers }), payload.slice(0, 80));
      }
  });
  it.each(all)("%s takes no query parameter that it does not know", async (_line, route) => {
    const answer = await ask(route, { query: "?zz=1", headers });
    isMannered(answer, "zz");
    if (route.names)
      expect([answer.statusCode, answer.json().code, answer.json().path]).toEqual([400, "invalid", "zz"]);
  });
  it.each(all.filter(([, { method }]) => method === "GET"))(
    "%s says what is wrong with each parameter",
    async (_line, route) => {
      const own = (route.names ?? []).filter((name) => !route.parameters.includes(name));
      for (const name of own)
        for (const value of [
          "",
          "x",
          "-1",
          "1e999",
          "0020-02-29",
          "9999-12-31",
          "%00",
          "%ED%A0%80",
          "zzzz".repeat(2_000),
          "a&b",
        ])
          isMannered(await ask(route, { query: `?${name}=${value}`, headers }), `${name}=${value}`.slice(0, 60));
      if (own.includes("limit"))
        for (const limit of ["0", "100000", "x", "1.5"]) {
          const answer = await ask(route, { query: `?limit=${limit}`, headers });
          expect([limit, answer.statusCode, answer.json().path]).toEqual([limit, 400, "limit"]);
        }
      if (own.includes("cursor"))
        for (const cursor of ["x", "bm8", "eyJhIjoxfQ"]) {
          const answer = await ask(route, { query: `?cursor=${cursor}`, headers });
          expect([cursor, answer.statusCode]).toEqual([cursor, 400]);
        }
    },
  );
});

describe("a draft's revision", () => {
  const headers = () => ({ authorization: `Bearer ${tea.apiKey}`, "accept-language": "zh-CN" });
  const document = {
    name: "A",
    entry: "t",
    nodes: [{ id: "t", kind: "on-event", config: { event: "check_in", when: { all: [] } } }],
    edges: [],
  };
  it("is its ETag, and a change may be made from that one only", async () => {
    const made = await app.inject({
      method: "POST",
      url: "/api/v1/journeys",
      headers: headers(),
      payload: { document },
    });
    const { id, revision } = made.json();
    const url = `/api/v1/journeys/${id}`;
    const tag = (await app.inject({ url, headers: headers() })).headers.etag;
    expect(tag).toBe(`"${revision}"`);
    const put = (match: string, more: object = {}) =>
      app.inject({ method: "PUT", url, headers: { ...headers(), "if-match": match }, payload: { document, ...more } });
    const saved = await put(String(tag));
    expect([saved.statusCode, saved.headers.etag]).toEqual([200, `"${revision + 1}"`]);
    const stale = await put(String(tag));
    expect([stale.statusCode, stale.headers.etag]).toEqual([412, `"${revision + 1}"`]);
    expect(stale.json()).toMatchObject({
      status: 412,
      code: "revision_changed",
      revision: revision + 1,
      detail: expect.stringContaining("修订号"),
    });
    const inBody = await app.inject({ method: "PUT", url, headers: headers(), payload: { document, revision } });
    expect([inBody.statusCode, inBody.json().revision]).toEqual([409, revision + 1]);
    for (const [match, more] of [
      ["seven", {}],
      ['W/"1"', {}],
      ['"1"', { revision: 2 }],
    ] as const)
      expect((await put(match, more)).json()).toMatchObject({
        status: 400,
        path: "If-Match",
        detail: expect.stringContaining("If-Match"),
      });
    const diff = await app.inject({ url: `${url}/diff`, headers: headers() });
    expect(diff.json()).toMatchObject({ status: 400, path: "from", detail: "应为版本号，或 draft" });
  });
});

describe("methods", () => {
  it.each([
    ["DELETE", "/api/v1/members", "GET, HEAD"],
    ["PUT", "/api/v1/journeys", "GET, HEAD, POST"],
    ["GET", "/v1/track", "POST"],
    ["PUT", "/v1/events", "POST"],
    ["POST", "/healthz", "GET, HEAD"],
    ["GET", "/api/v1/redemptions/confirm", "POST"],
    ["PATCH", "/api/v1/segments/uses/", "GET, HEAD"],
    ["PUT", "/api/v1/journeys/check?x=1", "POST"],
    ["PATCH", `/api/v1/journeys/${ID}?x=1`, "GET, HEAD, PUT"],
  ] as const)("%s %s is answered by 405 and what is allowed", async (method, url, allow) => {
    const answer = await app.inject({ method, url });
    expect([answer.statusCode, answer.headers.allow, answer.json().code]).toEqual([405, allow, "wrong_method"]);
  });
  it.each([
    ["GET", "/v1/track", 405],
    ["POST", "/v1/nowhere", 404],
    ["POST", "/v1/track/", 401],
  ] as const)("%s %s can be read by a page, as %i", async (method, url, status) => {
    const answer = await app.inject({ method, url, payload: method === "POST" ? {} : undefined });
    expect([answer.statusCode, answer.headers["access-control-allow-origin"]]).toEqual([status, "*"]);
  });
  it("what stands nowhere is 404, by whatever method and with whatever body", async () => {
    for (const method of ["GET", "POST", "DELETE"] as const)
      expect((await app.inject({ method, url: "/api/v1/nowhere" })).statusCode).toBe(404);
    const headers = { "content-type": "application/json", "content-encoding": "gzip" };
    const answer = await app.inject({ method: "POST", url: "/batch", headers, payload: gzipSync("{}") });
    expect([answer.statusCode, answer.json().code]).toEqual([404, "not_found"]);
  });
  it("an address may end in a slash", async () => {
    const headers = { authorization: `Bearer ${tea.apiKey}` };
    expect((await app.inject({ url: "/api/v1/members/?limit=1", headers })).statusCode).toBe(200);
    expect((await app.inject({ method: "PUT", url: "/v1/events/", headers })).headers.allow).toBe("POST");
  });
  it("HEAD answers as GET does, without a body", async () => {
    const headers = { authorization: `Bearer ${tea.apiKey}` };
    const answer = await app.inject({ method: "HEAD", url: "/api/v1/members", headers });
    expect([answer.statusCode, answer.body]).toEqual([200, ""]);
    expect((await app.inject({ method: "HEAD", url: "/api/v1/members" })).statusCode).toBe(401);
  });
  it.each(["/%zz", `/api/v1/members/%E0%A4%A`, `/api/v1/members/${"x".repeat(300)}`, "/api/v1/members/%00"])(
    "an address like %s is refused as a problem",
    async (url) => {
      const answer = await app.inject({ url, headers: { authorization: `Bearer ${tea.apiKey}` } });
      expect([answer.statusCode >= 400 && answer.statusCode < 500, answer.headers["content-type"]]).toEqual([
        true,
        "application/problem+json; charset=utf-8",
      ]);
    },
  );
});
