import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, expect, it } from "vitest";
import { engine, peek, query, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { value, workAll } from "@/tests/harness/lifecycle";
import { line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { call as apply } from "../access/use-case";
import { exitRun } from "../engine/operations/one";
import { stopJourney } from "../journeys/operating/stop";
import { beat } from "../rings/beats";
import { readAllowed } from "./allowed";
import { Caller } from "./caller";
import { claimCalls, hasCalls, nextCall } from "./claim";
import { signingKeys } from "./keys";
import { getWebhookSecret, rotateWebhookSecret } from "./secret";
import { signed, webhookSecret } from "./sign";

await database();

type Heard = { path: string; headers: IncomingMessage["headers"]; body: string };
let heard: Heard[] = [];
let answer: (response: ServerResponse, heard: Heard) => void = () => {};
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (piece: Buffer) => {
    body += piece.toString();
  });
  request.on("end", () => {
    const one = { path: request.url ?? "", headers: request.headers, body };
    heard.push(one);
    answer(response, one);
  });
});
await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
afterAll(() => server.close());
const { port } = server.address() as AddressInfo;
const HERE = readAllowed("127.0.0.1");

beforeEach(() => {
  heard = [];
  answer = (response) => response.writeHead(200).end();
});

async function begin(own: Shop, config: object = {}) {
  const journey = await liveJourney(
    own,
    line([
      [
        {
          id: "hook",
          kind: "webhook",
          config: {
            url: `http://127.0.0.1:${port}/hook`,
            method: "POST",
            headers: [],
            body: "",
            within: "PT1H",
            ...config,
          },
        },
        "done",
      ],
      [{ id: "if", kind: "if", config: { when: { field: "answer.level", is: "eq", value: 3 } } }, "yes"],
      tagged("t", "level 3"),
    ]),
  );
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await accept(own, [{ member, event: event("order_paid", { amount: 1, order_id: "A/7?x=1" }) }]);
  await dispatchAll();
  await conductAll(journey.shard);
  const turn = async (allowed = HERE) => {
    const caller = new Caller(own.workspace, "c", allowed);
    await caller.turn();
    await caller.drain();
    await dispatchAll();
    await conductAll(journey.shard);
  };
  const call = async () =>
    (
      await peek<{ id: string; state: string; status: number | null; reason: string | null; attempts: number }>(
        sql`SELECT id, state, status, reason, attempts FROM webhook_call WHERE workspace_id = ${own.workspace}`,
      )
    )[0];
  const again = () => peek(sql`UPDATE webhook_call SET not_before = now() WHERE workspace_id = ${own.workspace}`);
  return { journey, turn, call, again };
}
const way = async (own: Shop) =>
  (
    await peek<{ line: string }>(
      sql`SELECT step || ' ' || port AS line FROM journal WHERE workspace_id = ${own.workspace} AND step LIKE 'hook.%' ORDER BY at, step`,
    )
  ).at(-1)?.line;

it("calls with values filled in, signed by the workspace's key, and lets later steps read the answer", async () => {
  const own = await shop();
  const { journey, turn } = await begin(own, {
    url: `http://127.0.0.1:${port}/hook/{{ event.order_id | url_encode }}`,
    headers: [{ name: "X-Who", value: "{{ member.name }}\r\nEvil: 1" }],
    body: '{"name": {{ member.name | json }}}',
  });
  answer = (response) =>
    response
      .writeHead(200, { "content-type": "application/json; charset=utf-8" })
      .end('{"level":3,"__proto__":{"x":1}}');
  await turn();
  const [one] = heard;
  if (!one) throw new Error("not called");
  expect(one.path).toBe("/hook/A%2F7%3Fx%3D1");
  expect(one.headers.evil).toBeUndefined();
  expect(one.headers["x-who"]).toBe("Member 1 Evil: 1");
  expect(JSON.parse(one.body)).toEqual({ name: "Member 1" });
  const key = Buffer.from(webhookSecret(own.workspace).replace("whsec_", ""), "base64");
  const content = `${one.headers["webhook-id"]}.${one.headers["webhook-timestamp"]}.${one.body}`;
  expect(one.headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(content).digest("base64")}`);
  expect((await runsOf(journey.id))[0]).toMatchObject({ state: "done" });
  expect(await peek(sql`SELECT tag FROM member_tag WHERE workspace_id = ${own.workspace}`)).toEqual([
    { tag: "level 3" },
  ]);
});

it("repeats with the same id while the receiver is busy, at growing pauses, and stops when taken", async () => {
  const own = await shop();
  const { turn, call, again } = await begin(own);
  answer = (response) => response.writeHead(heard.length < 3 ? 503 : 204).end();
  await turn();
  expect(await call()).toMatchObject({ state: "queued", status: 503, reason: "status_503", attempts: 1 });
  await turn();
  expect(heard).toHaveLength(1);
  await again();
  await turn();
  await again();
  await turn();
  expect(await call()).toMatchObject({ state: "done", status: 204, attempts: 3 });
  expect(new Set(heard.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(JSON.parse(heard[0]?.body ?? "")).toMatchObject({
    member: { name: "Member 1" },
    event: { name: "order_paid" },
  });
});

it("waits for nobody once its worker stops, and makes what it cut again later, with the id its receiver knows", async () => {
  const own = await shop();
  const { turn, call, again } = await begin(own);
  answer = () => {};
  const caller = new Caller(own.workspace, "c", HERE);
  await caller.turn();
  await until(async () => heard.length === 1);
  const stop = new AbortController();
  const waiting = caller.turn(stop.signal);
  stop.abort();
  expect(await waiting).toBe(true);
  expect(await call()).toMatchObject({ state: "claimed" });
  await caller.drain(0);
  expect(await call()).toMatchObject({ state: "queued", reason: "stopped", attempts: 1 });
  await again();
  answer = (response) => response.writeHead(204).end();
  await turn();
  expect(await call()).toMatchObject({ state: "done" });
  expect(new Set(heard.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
});

it("makes a call again whose worker was lost, with the id its receiver knows", async () => {
  const own = await shop();
  const { turn, call } = await begin(own);
  await peek(
    sql`UPDATE webhook_call SET state = 'claimed', claimed_by = 'dead', claimed_at = now() - interval '1 minute' WHERE workspace_id = ${own.workspace}`,
  );
  await turn();
  expect(await call()).toMatchObject({ state: "done" });
  expect(heard[0]?.headers["webhook-id"]).toBe((await call())?.id);
});

it("makes a call again as soon as the worker that claimed it is gone, and leaves those of one that beats and its own", async () => {
  const own = await shop();
  const { call } = await begin(own);
  const claimedBy = (who: string, ago: string) =>
    peek(
      sql`UPDATE webhook_call SET state = 'claimed', claimed_by = ${who}, claimed_at = now() - ${ago}::interval WHERE workspace_id = ${own.workspace}`,
    );
  const room = { atOnce: 6, perHost: 6, calling: new Map<string, number>() };
  const claims = async (claimer: string) => (await claimCalls(own.workspace, room, claimer)).claimed.length;
  const sees = (claimer: string) => engine((tx) => hasCalls(tx, own.workspace, claimer));
  const looksIn = async (claimer: string): Promise<number> => {
    const [next] = await peek<{ s: number }>(
      sql`SELECT extract(epoch FROM (${nextCall(own.workspace, claimer)}) - now())::float8 AS s`,
    );
    return next?.s ?? Number.POSITIVE_INFINITY;
  };
  await beat("living", "host", 1);
  await claimedBy("living", "10 seconds");
  expect([await sees("other"), await claims("other")]).toEqual([false, 0]);
  expect(await looksIn("other")).toBeLessThanOrEqual(4);
  expect(await looksIn("living")).toBeGreaterThan(20);
  await claimedBy("other", "10 seconds");
  expect([await sees("other"), await claims("other")]).toEqual([false, 0]);
  await claimedBy("gone", "1 second");
  expect([await sees("other"), await claims("other")]).toEqual([false, 0]);
  await claimedBy("gone", "10 seconds");
  expect([await sees("other"), await claims("other")]).toEqual([true, 1]);
  expect(await call()).toMatchObject({ state: "claimed" });
});

it("has no more calls to one host under way than are set, and no more in all", async () => {
  const own = await shop();
  const { journey } = await begin(own);
  await peek(sql`
    INSERT INTO webhook_call (workspace_id, id, member_id, journey_id, run_id, step, lap, plan_id, effect, host, state, queued_at, not_before, expires_at)
    SELECT workspace_id, gen_random_uuid(), member_id, journey_id, run_id, step, n, plan_id, effect, 'h' || n % 3, 'queued',
      queued_at, now() - n * interval '1 second', expires_at
    FROM webhook_call, generate_series(1, 30) AS n WHERE journey_id = ${journey.id}`);
  await peek(sql`DELETE FROM webhook_call WHERE host NOT LIKE 'h_' AND workspace_id = ${own.workspace}`);
  const hostsOf = async (calling: [string, number][], atOnce = 24) => {
    const { claimed } = await claimCalls(own.workspace, { atOnce, perHost: 3, calling: new Map(calling) }, "c");
    return claimed.map(({ host }) => host).sort();
  };
  expect(
    await hostsOf([
      ["h0", 2],
      ["h1", 3],
    ]),
  ).toEqual(["h0", "h2", "h2", "h2"]);
  expect(await hostsOf([], 4)).toHaveLength(4);
});

it.each([
  [
    "a redirect",
    (r: ServerResponse) => r.writeHead(302, { location: "http://169.254.169.254/" }).end(),
    "redirect_not_followed",
  ],
  ["a lasting refusal", (r: ServerResponse) => r.writeHead(410).end(), "status_410"],
])("goes on by failed after %s", async (_what, says, reason) => {
  const own = await shop();
  const { turn, call } = await begin(own);
  answer = says;
  await turn();
  expect(await call()).toMatchObject({ state: "failed", reason });
  expect(heard).toHaveLength(1);
  expect(await way(own)).toBe("hook.called failed");
});

it.each([
  ["inside addresses", { url: "https://127.0.0.1:1/x" }, "address_not_allowed"],
  ["IPv4 in disguise", { url: "https://0x7f.1:1/x" }, "address_not_allowed"],
  ["mapped addresses", { url: "https://[::ffff:127.0.0.1]:1/x" }, "address_not_allowed"],
  ["names that lead inside", { url: "https://localhost:1/x" }, "address_not_allowed"],
  ["addresses without TLS", { url: "http://hook.example.org/x" }, "https_only"],
])("never calls %s", async (_what, config, reason) => {
  const own = await shop();
  const { turn, call } = await begin(own, config);
  await turn(readAllowed(""));
  expect(await call()).toMatchObject({ state: "failed", reason });
  expect(await way(own)).toBe("hook.called failed");
});

it("takes an answer that is too long or no JSON for what it is: taken, and nothing remembered", async () => {
  const own = await shop();
  const { journey, turn, call } = await begin(own);
  answer = (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(`"${"x".repeat(200_000)}"`);
  };
  await turn();
  expect(await call()).toMatchObject({ state: "done", status: 200 });
  expect((await runsOf(journey.id))[0]?.vars).toMatchObject({ hook: { answer: { status: 200 } } });
});

it("keeps a call of a paused journey, and gives one up whose time is over", async () => {
  const own = await shop();
  const { journey, turn, call } = await begin(own);
  await peek(sql`UPDATE journey SET state = 'paused' WHERE id = ${journey.id}`);
  await turn();
  expect(heard).toEqual([]);
  await peek(sql`UPDATE journey SET state = 'live' WHERE id = ${journey.id}`);
  await peek(
    sql`UPDATE webhook_call SET expires_at = now() - interval '1 second' WHERE workspace_id = ${own.workspace}`,
  );
  await turn();
  expect(heard).toEqual([]);
  expect(await call()).toMatchObject({ state: "failed", reason: "expired" });
});

it("gives up the calls of a journey that is stopped, which nobody hears of when it is published again", async () => {
  const own = await shop();
  const { journey, turn, call } = await begin(own);
  await peek(sql`UPDATE journey SET state = 'paused' WHERE id = ${journey.id}`);
  await turn();
  expect(await call()).toMatchObject({ state: "queued" });
  value(await apply(stopJourney, own.actor(), { journey: journey.id }));
  await workAll(own.workspace);
  expect(await call()).toMatchObject({ state: "failed", reason: "journey_stopped" });
  await peek(sql`UPDATE journey SET state = 'live' WHERE id = ${journey.id}`);
  await turn();
  expect(heard).toEqual([]);
});

it("makes no call for whom somebody took out, also where it waits for another attempt", async () => {
  const own = await shop();
  const { journey, turn, call } = await begin(own);
  answer = (response) => response.writeHead(503).end();
  await turn();
  expect(await call()).toMatchObject({ state: "queued", attempts: 1 });
  const [run] = await runsOf(journey.id);
  value(await apply(exitRun, own.actor("ops"), { run: run?.id }));
  await peek(sql`UPDATE webhook_call SET not_before = now() WHERE workspace_id = ${own.workspace}`);
  await turn();
  expect(heard).toHaveLength(1);
  expect(await call()).toMatchObject({ state: "failed", reason: "taken_out" });
});

it("reads past no calls of a paused journey twice, and lets them go when it is live again", async () => {
  const own = await shop();
  const { journey, turn, call } = await begin(own);
  await peek(sql`UPDATE journey SET state = 'paused' WHERE id = ${journey.id}`);
  await turn();
  const isHeld = () => peek(sql`SELECT is_held, attempts FROM webhook_call WHERE workspace_id = ${own.workspace}`);
  expect(await isHeld()).toEqual([{ is_held: true, attempts: 0 }]);
  expect(await engine((tx) => hasCalls(tx, own.workspace, "c"))).toBe(false);
  await peek(sql`UPDATE journey SET state = 'live' WHERE id = ${journey.id}`);
  expect(await engine((tx) => hasCalls(tx, own.workspace, "c"))).toBe(true);
  await turn();
  expect(await call()).toMatchObject({ state: "done", attempts: 1 });
});

it("steps over a host that is busy, however many calls wait for it, and takes the longest due of the others", async () => {
  const own = await shop();
  const { journey } = await begin(own);
  await peek(sql`
    INSERT INTO webhook_call (workspace_id, id, member_id, journey_id, run_id, step, lap, plan_id, effect, host, state, queued_at, not_before, expires_at)
    SELECT workspace_id, gen_random_uuid(), member_id, journey_id, run_id, step, n, plan_id, effect, CASE WHEN n <= 300 THEN 'hangs' ELSE 'b' || n END, 'queued',
      queued_at, now() - n * interval '1 second', expires_at
    FROM webhook_call, generate_series(1, 304) AS n WHERE journey_id = ${journey.id}`);
  const room = { atOnce: 3, perHost: 6, calling: new Map([["hangs", 6]]) };
  const { claimed } = await claimCalls(own.workspace, room, "test");
  expect(claimed.map(({ host }) => host).sort()).toEqual(["b302", "b303", "b304"]);
  const plan = await engine(async (tx) => {
    await tx.run(sql`SET LOCAL enable_seqscan = off`);
    return tx.rows<{ "QUERY PLAN": string }>(sql`EXPLAIN SELECT (${nextCall(own.workspace, "c")})`);
  });
  expect(plan.map((line) => line["QUERY PLAN"]).join("\n")).not.toContain("Seq Scan on webhook_call");
});

it("has nothing to look for again where no call waits, so that its conductor sleeps", async () => {
  const own = await shop();
  const next = await engine((tx) => tx.rows<{ at: Date | null }>(sql`SELECT (${nextCall(own.workspace, "c")}) AS at`));
  expect(next).toEqual([{ at: null }]);
});

it("signs by both keys while receivers change over, and by the new one alone afterwards or when told so", async () => {
  const own = await shop();
  const keys = async () => query(own.workspace, (tx) => signingKeys(tx, own.workspace));
  const bytes = (secret: string) => Buffer.from(secret.replace("whsec_", ""), "base64");
  const secretNow = async () => {
    const shown = await apply(getWebhookSecret, own.actor(), {});
    return shown.ok ? shown.value.secret : "";
  };
  const valid = async (secret: string, at: Date) => {
    const headers = signed(own.workspace, "m1", "{}", await keys(), at);
    const tag = createHmac("sha256", bytes(secret)).update(`m1.${headers["webhook-timestamp"]}.{}`).digest("base64");
    return headers["webhook-signature"]?.split(" ").includes(`v1,${tag}`);
  };
  const first = await secretNow();
  const now = new Date();
  const rotated = await apply(rotateWebhookSecret, own.actor(), {}, { now });
  if (!rotated.ok) throw new Error(rotated.reason);
  const second = rotated.value.secret;
  expect(second).not.toBe(first);
  expect(await secretNow()).toBe(second);
  expect([await valid(first, now), await valid(second, now)]).toEqual([true, true]);
  const later = new Date(now.getTime() + 25 * 3_600_000);
  expect([await valid(first, later), await valid(second, later)]).toEqual([false, true]);

  const leaked = await apply(rotateWebhookSecret, own.actor(), { keepOldHours: 0 }, { now });
  expect([await valid(second, now), leaked.ok && (await valid(leaked.value.secret, now))]).toEqual([false, true]);
  expect(await apply(rotateWebhookSecret, own.actor("marketer"), {})).toMatchObject({ reason: "not_allowed" });
});
