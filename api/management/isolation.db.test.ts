import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { engine, json, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { PERMISSIONS, type Permission } from "@/services/access/may";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import type { Route } from "../route";
import { buildServer } from "../server";
import { routes } from "./index";

await database({ max: 24 });
const app = await buildServer();
afterAll(() => app.close());

const draft = { name: "A", entry: "n1", nodes: [], edges: [], settings: {} };
/** What a path parameter stands for, made in workspace A. A route with a new parameter fails until it is told here. */
let theirs: Record<string, string> = {};
/** Bodies that would be right, had the thing been the caller's. */
const BODIES: Record<string, object | ((own: Pick<Shop, "apiKey">) => object)> = {
  "POST /coupons/:coupon/void": { reason: "mistake" },
  "PATCH /offers/:offer": { name: "mine" },
  "PATCH /people/:person": { role: "viewer" },
  "POST /offers/:offer/issue": () => ({ member: theirs.member }),
  "POST /members/:member/merge": () => ({ into: theirs.other }),
  "POST /members/:member/tags": { tags: ["x"] },
  "POST /members/:member/consents": { channel: "sms", purpose: "marketing", evidence: "form" },
  "POST /members/:member/consents/withdraw": { channel: "sms", purpose: "marketing" },
  "POST /members/:member/points/earn": { points: 1, reason: "x" },
  "POST /members/:member/points/spend": { points: 1, reason: "x" },
  "POST /redemptions/:redemption/cancel": {},
  "POST /tasks/:task/complete": { outcome: "done" },
  "POST /tasks/:task/decide": { decision: "approved" },
  "POST /tasks/:task/answer": { answers: {} },
  "PATCH /segments/:segment": { name: "mine" },
  "POST /journeys/:journey/entries": () => ({ members: [{ member: theirs.member }] }),
  "PUT /journeys/:journey": { document: draft, revision: 1 },
  "POST /journeys/:journey/publish": { revision: 1 },
  "POST /journeys/:journey/versions/:version/restore": { revision: 1 },
  "POST /journeys/:journey/versions/:version/comments": { text: "x" },
  "POST /journeys/:journey/publish-requests": { revision: 1 },
  "POST /publish-requests/:request/decide": { decision: "approved" },
  "POST /journeys/:journey/presence": { visit: "0190a000-0000-7000-8000-000000000001" },
  "POST /runs/:run/move": { to: "n1" },
  "PATCH /journeys/:journey/labels": { labels: ["mine"] },
  "POST /dead-letters/:letter/check": { message: { event: "mine" } },
  "POST /dead-letters/:letter/correct": { message: { event: "mine" } },
  "PATCH /merchants/:merchant": { name: "mine" },
  "PATCH /stores/:store": { name: "mine" },
  "PATCH /views/:view": { name: "mine" },
  "POST /redemptions/confirm": () => ({ code: theirs.code, amount: 10_000 }),
  "POST /redemptions/evaluate": () => ({ code: theirs.code, amount: 10_000 }),
};

const QUERIES: Record<string, string> = {
  "GET /journeys/:journey/diff": "?from=1",
  "GET /search": "?q=A",
  "GET /views": "?screen=runs",
  "GET /segments/values": "?field=member.tier",
};

let a: Shop;
let b: Shop;
beforeAll(async () => {
  [a, b] = [await shop(), await shop()];
  theirs = await furnish(a);
});

/** One of each thing in a workspace. */
async function furnish({ workspace, offer, store, merchant }: Shop): Promise<Record<string, string>> {
  const [
    member,
    other,
    coupon,
    redemption,
    journey,
    run,
    message,
    segment,
    letter,
    key,
    job,
    task,
    view,
    event,
    person,
    entry,
  ] = Array.from({ length: 16 }, () => newId());
  const code = "SECRETCODE23";
  await engine(async (tx) => {
    for (const id of [member, other])
      await tx.run(sql`INSERT INTO member (workspace_id, id, name) VALUES (${workspace}, ${id}, 'A''s member')`);
    await tx.run(sql`INSERT INTO tag (workspace_id, name) VALUES (${workspace}, 'A''s tag')`);
    await tx.run(
      sql`INSERT INTO member_tag (workspace_id, member_id, tag, source) VALUES (${workspace}, ${member}, 'A''s tag', 'test')`,
    );
    await tx.run(sql`
      INSERT INTO coupon (workspace_id, id, offer_id, member_id, code, state, issued_at, source) VALUES (${workspace}, ${coupon}, ${offer}, ${member}, ${code}, 'issued', now(), 'test')`);
    await tx.run(sql`
      INSERT INTO redemption (workspace_id, id, coupon_id, member_id, store_id, amount, discount, state, order_ref, at, actor)
      VALUES (${workspace}, ${redemption}, ${coupon}, ${member}, ${store}, 1, 1, 'cancelled', 'A''s order', now(), 'test')`);
    await tx.run(sql`
      INSERT INTO points_entry (workspace_id, id, member_id, sequence, kind, points, balance, reason, at, hash)
      VALUES (${workspace}, ${entry}, ${member}, 1, 'earn', 1, 1, 'A''s points', now(), '')`);
    await tx.run(
      sql`INSERT INTO journey (workspace_id, id, name, document) VALUES (${workspace}, ${journey}, 'A''s journey', ${json(draft)})`,
    );
    await tx.run(sql`
      INSERT INTO plan (workspace_id, id, journey_id, version, document, body, published_by, published_at) VALUES (${workspace}, ${journey}, ${journey}, 1, '{}', '{}', 'test', now())`);
    await tx.run(sql`
      INSERT INTO run (workspace_id, id, journey_id, member_id, plan_id, entry_key, step, state, entered_at) VALUES (${workspace}, ${run}, ${journey}, ${member}, ${journey}, '', 'n1.start', 'done', now())`);
    await tx.run(sql`
      INSERT INTO task (workspace_id, id, kind, member_id, journey_id, run_id, step, lap, title, opened_at, due_at)
      VALUES (${workspace}, ${task}, 'task', ${member}, ${journey}, ${run}, 'n1.start', 0, 'A''s task', now(), now())`);
    await tx.run(sql`
      INSERT INTO message (workspace_id, id, member_id, channel, purpose, state, address, content, queued_at, not_before, expires_at)
      VALUES (${workspace}, ${message}, ${member}, 'sms', 'service', 'skipped', 'A''s address', '{}', now(), now(), now())`);
    await tx.run(
      sql`INSERT INTO broadcast (workspace_id, id, journey_id, state, starts_at, audience, asked_by, created_at) VALUES (${workspace}, ${journey}, ${journey}, 'paused', now(), '{}', 'test', now())`,
    );
    await tx.run(
      sql`INSERT INTO publish_request (workspace_id, id, journey_id, revision, asked_by, asked_at) VALUES (${workspace}, ${journey}, ${journey}, 1, 'test', now())`,
    );
    await tx.run(
      sql`INSERT INTO segment (workspace_id, id, name, rule) VALUES (${workspace}, ${segment}, 'A''s segment', '{"all":[]}')`,
    );
    await tx.run(
      sql`INSERT INTO dead_letter (workspace_id, id, kind, reason, member_id, payload) VALUES (${workspace}, ${letter}, 'event', 'x', ${member}, '{}')`,
    );
    await tx.run(
      sql`INSERT INTO api_key (workspace_id, id, kind, name, prefix, hash) VALUES (${workspace}, ${key}, 'write', 'A''s key', 'wk_', ${key})`,
    );
    await tx.run(sql`
      INSERT INTO event (workspace_id, id, message_id, member_id, type, name, properties, context, occurred_at, accepted_at)
      VALUES (${workspace}, ${event}, 'm', ${member}, 'track', 'A''s event', ${json({ note: "A's property" })}, '{}', now(), now())`);
    await tx.run(
      sql`INSERT INTO saved_view (workspace_id, id, screen, name, filters, owner, is_shared, created_at, updated_at) VALUES (${workspace}, ${view}, 'runs', 'A''s view', '{}', 'user:a', true, now(), now())`,
    );
    await tx.run(
      sql`INSERT INTO "user" (id, name, email) VALUES (${person}, 'A''s colleague', ${`${person}@example.com`})`,
    );
    await tx.run(sql`INSERT INTO role_grant (workspace_id, user_id, role) VALUES (${workspace}, ${person}, 'viewer')`);
    await tx.run(sql`
      INSERT INTO job (workspace_id, id, kind, journey_id, spec, state, started_by, started_at) VALUES (${workspace}, ${job}, 'stop', ${journey}, '{}', 'done', 'test', now())`);
  });
  const named = {
    member,
    other,
    coupon,
    redemption,
    journey,
    run,
    message,
    segment,
    letter,
    key,
    job,
    task,
    view,
    event,
    offer,
    store,
    merchant,
    person,
  };
  return {
    ...Object.fromEntries(Object.entries(named).map(([name, id]) => [name, String(id)])),
    code,
    tag: "A's tag",
    version: "1",
    broadcast: String(journey),
    request: String(journey),
  };
}

const line = ({ method, path }: Route) => `${method} ${path}`;
async function ask(route: Route, own: Pick<Shop, "apiKey">) {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = theirs[name];
    if (value === undefined) throw new Error(`tell this test what :${name} is`);
    return encodeURIComponent(value);
  });
  const body = BODIES[line(route)];
  return app.inject({
    method: route.method,
    url: `/api/v1${path}${QUERIES[line(route)] ?? ""}`,
    headers: { authorization: `Bearer ${own.apiKey}` },
    ...(route.method !== "GET" && { payload: typeof body === "function" ? body(own) : (body ?? {}) }),
  });
}

describe("with A's ids", () => {
  const owned = routes.filter(
    (route) =>
      route.parameters.length > 0 || ["POST /redemptions/confirm", "POST /redemptions/evaluate"].includes(line(route)),
  );
  it.each(owned.map((route) => [line(route), route] as const))(
    "workspace B is told by %s that there is nothing",
    async (_line, route) => {
      const answer = await ask(route, b);
      expect([answer.statusCode, answer.json().code]).toEqual([404, "not_found"]);
    },
  );
});

describe("without ids", () => {
  const lists = routes.filter(({ method, parameters }) => method === "GET" && parameters.length === 0);
  it.each(lists.map((route) => [line(route), route] as const))(
    "workspace B sees nothing of A in %s",
    async (_line, route) => {
      const answer = await app.inject({
        method: "GET",
        url: `/api/v1${route.path}${QUERIES[line(route)] ?? ""}`,
        headers: { authorization: `Bearer ${b.apiKey}` },
      });
      // What only a demo has is simply not there.
      expect(answer.statusCode).toBe(route.path.startsWith("/demo/") ? 404 : 200);
      for (const id of Object.values(theirs).filter((value) => value.length > 8)) expect(answer.body).not.toContain(id);
      expect(answer.body).not.toContain("A's");
    },
  );
});

/** What only who may read the thing itself may be told, wherever else it is mentioned. */
const CONTENTS: Record<string, Permission[]> = {
  SECRETCODE23: ["coupon.read"],
  "A's order": ["coupon.read"],
  "A's property": ["event.read"],
  "A's points": ["points.read"],
  "A's address": ["message.read"],
  "A's task": ["task.read"],
  // The audit names who acted.
  "A's key": ["key.read", "audit.read"],
  "A's colleague": ["person.read", "audit.read"],
};

describe("with one permission alone", () => {
  const reads = routes.filter(({ method }) => method === "GET");
  const permissions = PERMISSIONS.filter((may) => reads.some(({ useCase }) => useCase.may === may));
  it.each(permissions)("%s tells nothing that needs another", async (may) => {
    const key = await app.inject({
      method: "POST",
      url: "/api/v1/keys",
      headers: { authorization: `Bearer ${a.apiKey}` },
      payload: { kind: "secret", name: "one", scopes: [may] },
    });
    for (const route of reads.filter(({ useCase }) => useCase.may === may)) {
      const { body } = await ask(route, { apiKey: key.json().key });
      const told = Object.keys(CONTENTS).filter((text) => !CONTENTS[text]?.includes(may) && body.includes(text));
      expect([line(route), told]).toEqual([line(route), []]);
    }
  });
  it("each content is told to who may read it", async () => {
    const bodies = await Promise.all(reads.map(async (route) => (await ask(route, a)).body));
    for (const text of Object.keys(CONTENTS)) expect(bodies.filter((body) => body.includes(text))).not.toEqual([]);
  });
});

describe("without a key", () => {
  it.each(routes.map((route) => [line(route), route] as const))("%s is closed", async (_line, route) => {
    const answer = await app.inject({
      method: route.method,
      url: `/api/v1${route.path}`,
      ...(route.method !== "GET" && { payload: {} }),
    });
    expect([answer.statusCode, answer.json().code]).toEqual([401, "not_signed_in"]);
  });
  it("GET /me says what a key may, however little", async () => {
    const headers = { authorization: `Bearer ${b.apiKey}` };
    const payload = { kind: "secret", name: "till", scopes: ["coupon.redeem"] };
    const key = await app.inject({ method: "POST", url: "/api/v1/keys", headers, payload });
    const me = await app.inject({ url: "/api/v1/me", headers: { authorization: `Bearer ${key.json().key}` } });
    expect([me.statusCode, me.json()]).toMatchObject([
      200,
      { as: "key", name: "till", permissions: ["coupon.redeem"] },
    ]);
  });
  const guarded = routes.filter(({ useCase }) => useCase.may !== "known");
  it.each(guarded.map((route) => [line(route), route] as const))(
    "%s refuses a key without its permission",
    async (_line, route) => {
      const key = await app.inject({
        method: "POST",
        url: "/api/v1/keys",
        headers: { authorization: `Bearer ${b.apiKey}` },
        payload: { kind: "secret", name: "narrow", scopes: ["data.export"] },
      });
      const answer = await app.inject({
        method: route.method,
        url: `/api/v1${route.path}`,
        headers: { authorization: `Bearer ${key.json().key}` },
        ...(route.method !== "GET" && { payload: {} }),
      });
      expect([answer.statusCode, answer.json().code]).toEqual([403, "not_allowed"]);
    },
  );
});
