import { expect, it } from "vitest";
import type { JobId, JourneyId } from "@/core/ids";
import { MOST_LIVE } from "@/core/plan/control";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, members, runsOf } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { cancelBroadcast, pauseBroadcast, resumeBroadcast, startBroadcast } from "../../broadcasts/control";
import { listBroadcasts } from "../../broadcasts/list";
import { callIn } from "../../journeys/call-in";
import { createJourney } from "../../journeys/drafting/create";
import { stopJourney } from "../../journeys/operating/stop";
import { journeyAudience } from "../../journeys/publishing/audience";
import { publishJourney } from "../../journeys/publishing/publish";
import { workOn } from "../jobs/work";
import { broadcastTurn } from "./broadcast";

await database({ max: 20 });

const draft = (kind: string, config: object, settings: object = {}) => ({
  name: kind,
  entry: "t",
  nodes: [
    { id: "t", kind, config },
    { id: "tag", kind: "tag", config: { tag: "reached", action: "add" } },
  ],
  edges: [{ from: "t", port: "next", to: "tag" }],
  settings: { reentry: { is: "always" }, ...settings },
});
const everyone = { at: "", segment: "", when: { all: [] }, perMinute: 0 };

async function published(own: Shop, document: object): Promise<JourneyId> {
  const made = await call(createJourney, own.actor(), { document });
  if (!made.ok) throw new Error(made.detail);
  const done = await call(publishJourney, own.actor(), { journey: made.value.id });
  if (!done.ok) throw new Error(`${done.reason} ${done.detail}`);
  return made.value.id as JourneyId;
}
const of = async (own: Shop, journey: JourneyId) => {
  const found = await call(listBroadcasts, own.actor(), { journey });
  if (!found.ok) throw new Error(found.detail);
  return found.value.items;
};
const runAll = async (own: Shop, journey: JourneyId) => {
  for (const { id } of await of(own, journey)) while ((await broadcastTurn(own.workspace, id)).is === "moved");
};

it("lets everyone of its audience in once, a page at a time, and tells how far it is", async () => {
  const own = await shop();
  const all = await members(own, 1_200);
  await peek(
    sql`UPDATE member SET tier = 'gold' WHERE workspace_id = ${own.workspace} AND id = ANY(${all.slice(0, 700)}::uuid[])`,
  );
  const journey = await published(
    own,
    draft("on-broadcast", { ...everyone, when: { field: "member.tier", is: "eq", value: "gold" } }),
  );
  const [broadcast] = await of(own, journey);
  if (!broadcast) throw new Error("no broadcast");
  await broadcastTurn(own.workspace, broadcast.id);
  await broadcastTurn(own.workspace, broadcast.id);
  expect((await of(own, journey))[0]).toMatchObject({ state: "running", audienceSize: 700, seen: 500 });
  await runAll(own, journey);
  expect((await of(own, journey))[0]).toMatchObject({ state: "done", seen: 1_200, entered: 700 });
  const runs = await runsOf(journey);
  expect(new Set(runs.map(({ member }) => member)).size).toBe(700);
  expect(runs).toHaveLength(700);
});

it("passes over whose runs of the journey are as many as a person can have on their way, unless it says how many", async () => {
  for (const [settings, entered] of [
    [{}, 1],
    [{ limits: { perMember: 1000 } }, 2],
  ] as const) {
    const own = await shop();
    const [guest] = await members(own, 2);
    const journey = await published(own, draft("on-broadcast", everyone, settings));
    await peek(sql`
      INSERT INTO entry (workspace_id, journey_id, member_id, key, count, live, last_run_id, last_entered_at)
      VALUES (${own.workspace}, ${journey}, ${guest}, '', ${MOST_LIVE}, ${MOST_LIVE}, ${guest}, now())`);
    await runAll(own, journey);
    expect(await runsOf(journey)).toHaveLength(entered);
    expect(
      await peek(sql`SELECT member_id AS member, reason FROM turned_away WHERE workspace_id = ${own.workspace}`),
    ).toEqual(entered === 1 ? [{ member: guest, reason: "limit_member" }] : []);
  }
});

it("reaches the members of a segment as it is kept", async () => {
  const own = await shop();
  const [a, b] = await members(own, 2);
  const segment = "01890000-0000-7000-8000-000000000001";
  await peek(
    sql`INSERT INTO segment (workspace_id, id, name, rule, state) VALUES (${own.workspace}, ${segment}, 's', '{"all":[]}', 'live')`,
  );
  await peek(sql`
    INSERT INTO segment_member (workspace_id, segment_id, member_id, is_in, changed_at) VALUES (${own.workspace}, ${segment}, ${a}, true, now()), (${own.workspace}, ${segment}, ${b}, false, now())`);
  const journey = await published(own, draft("on-broadcast", { ...everyone, segment }));
  await runAll(own, journey);
  expect((await runsOf(journey)).map(({ member }) => member)).toEqual([a]);
});

it("is sent once however often its journey is published, and again when asked", async () => {
  const own = await shop();
  await members(own, 3);
  const journey = await published(own, draft("on-broadcast", everyone));
  await runAll(own, journey);
  await call(publishJourney, own.actor(), { journey });
  await runAll(own, journey);
  expect(await runsOf(journey)).toHaveLength(3);
  expect(await call(startBroadcast, own.actor(), { journey })).toMatchObject({ ok: true });
  await runAll(own, journey);
  expect(await runsOf(journey)).toHaveLength(6);
});

it("asked for several times at once goes out once, and again when everybody has entered", async () => {
  const own = await shop();
  await members(own, 3);
  const journey = await published(own, draft("on-broadcast", everyone));
  const ask = () => call(startBroadcast, own.actor(), { journey });
  const refused = (id: string | undefined, says: string) => ({
    ok: false,
    reason: "conflict",
    detail: expect.stringMatching(new RegExp(`${id}.* since .*${says}`)),
    chinese: expect.stringContaining(String(id)),
  });
  // Publishing has sent it, and nobody has entered yet.
  expect(await ask()).toMatchObject(refused((await of(own, journey))[0]?.id, "everybody"));
  await runAll(own, journey);
  const asked = await Promise.all([ask(), ask(), ask(), ask()]);
  expect(asked.filter(({ ok }) => ok)).toHaveLength(1);
  const [second, ...others] = await of(own, journey);
  expect(others).toHaveLength(1);
  for (const one of asked.filter(({ ok }) => !ok)) expect(one).toMatchObject(refused(second?.id, "everybody"));
  // Halfway, and halted: still under way.
  await broadcastTurn(own.workspace, second?.id ?? "");
  expect(await ask()).toMatchObject(refused(second?.id, "everybody"));
  await call(pauseBroadcast, own.actor(), { broadcast: second?.id });
  expect(await ask()).toMatchObject(refused(second?.id, "paused"));
  await call(resumeBroadcast, own.actor(), { broadcast: second?.id });
  await runAll(own, journey);
  expect(await runsOf(journey)).toHaveLength(6);
});

it("asked for at an instant to come and then now, is not sent twice unless that is said", async () => {
  const own = await shop();
  await members(own, 3);
  const journey = await published(own, draft("on-broadcast", { ...everyone, at: "2099-01-01T10:00" }));
  const ask = (more: object = {}) => call(startBroadcast, own.actor(), { journey, ...more });
  const states = async () => (await of(own, journey)).map(({ state }) => state);
  const [planned] = await of(own, journey);
  expect(await ask()).toMatchObject({
    ok: false,
    reason: "conflict",
    path: ["planned"],
    detail: expect.stringMatching(`${planned?.id}.* planned for 2099-01-01T02:00:00.000Z.*replace`),
    chinese: expect.stringContaining(String(planned?.id)),
  });
  expect(await states()).toEqual(["waiting"]);
  expect(await ask({ planned: "keep" })).toMatchObject({ ok: true });
  await runAll(own, journey);
  expect(await states()).toEqual(["done", "waiting"]);
  expect(await ask({ planned: "replace" })).toMatchObject({ ok: true });
  await runAll(own, journey);
  expect(await states()).toEqual(["done", "done", "cancelled"]);
  expect(await runsOf(journey)).toHaveLength(6);
  // Another instant is another broadcast, unless it is to take the place of the one before.
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  expect(await ask({ at: at(1) })).toMatchObject({ ok: true });
  expect(await ask({ at: at(2) })).toMatchObject({ ok: true });
  expect(await ask({ at: at(3), planned: "replace" })).toMatchObject({ ok: true });
  expect((await states()).slice(0, 3)).toEqual(["waiting", "cancelled", "cancelled"]);
});

it("set for some seconds ahead and then asked for now by two at once, is sent once", async () => {
  const own = await shop();
  await members(own, 3);
  const journey = await published(own, draft("on-broadcast", { ...everyone, at: "2099-01-01T10:00" }));
  await peek(sql`UPDATE broadcast SET starts_at = now() + interval '3 seconds' WHERE journey_id = ${journey}`);
  const asked = await Promise.all(
    ["replace", "replace", undefined].map((planned) => call(startBroadcast, own.actor(), { journey, planned })),
  );
  expect(asked.filter(({ ok }) => ok)).toHaveLength(1);
  await peek(
    sql`UPDATE broadcast SET starts_at = now() - interval '1 second' WHERE journey_id = ${journey} AND state = 'waiting'`,
  );
  await runAll(own, journey);
  expect(await runsOf(journey)).toHaveLength(3);
});

it("sent now in place of its schedule's next time, it goes on with the one behind", async () => {
  const own = await shop();
  await members(own, 3);
  const { at: _, ...audience } = everyone;
  const journey = await published(own, draft("on-schedule", { ...audience, cron: "0 9 1 1 *", zone: "" }));
  const [next] = await of(own, journey);
  const ask = (planned?: string) => call(startBroadcast, own.actor(), { journey, planned });
  expect(await ask()).toMatchObject({ reason: "conflict", path: ["planned"] });
  expect(await ask("replace")).toMatchObject({ ok: true });
  const waiting = (await of(own, journey)).filter(
    ({ state, startsAt }) => state === "waiting" && startsAt > new Date(),
  );
  expect(waiting.map(({ startsAt }) => startsAt.getUTCFullYear())).toEqual([
    (next?.startsAt.getUTCFullYear() ?? 0) + 1,
  ]);
});

it("halts, goes on where it was, and ends when it is called off", async () => {
  const own = await shop();
  await members(own, 1_300);
  const journey = await published(own, draft("on-broadcast", everyone));
  const [broadcast] = await of(own, journey);
  if (!broadcast) throw new Error("no broadcast");
  const turn = () => broadcastTurn(own.workspace, broadcast.id);
  await turn();
  await turn();
  expect(await call(pauseBroadcast, own.actor(), { broadcast: broadcast.id })).toMatchObject({ ok: true });
  expect(await turn()).toEqual({ is: "idle" });
  expect(await call(resumeBroadcast, own.actor(), { broadcast: broadcast.id })).toMatchObject({ ok: true });
  await turn();
  expect(await runsOf(journey)).toHaveLength(1_000);
  expect(await call(cancelBroadcast, own.actor(), { broadcast: broadcast.id })).toMatchObject({ ok: true });
  expect(await turn()).toEqual({ is: "over" });
  expect(await runsOf(journey)).toHaveLength(1_000);
  expect(await call(resumeBroadcast, own.actor(), { broadcast: broadcast.id })).toMatchObject({
    ok: false,
    reason: "conflict",
  });
});

it("keeps its steady rate, also after a long stop", async () => {
  const own = await shop();
  await members(own, 500);
  const journey = await published(own, draft("on-broadcast", { ...everyone, perMinute: 600 }));
  const [broadcast] = await of(own, journey);
  if (!broadcast) throw new Error("no broadcast");
  const turn = () => broadcastTurn(own.workspace, broadcast.id);
  await turn();
  const from = (ms: number) =>
    peek(
      sql`UPDATE broadcast SET rate_from = now() - ${`${ms} milliseconds`}::interval, rate_count = 0 WHERE id = ${broadcast.id}`,
    );
  await from(1_000);
  await turn();
  const first = (await runsOf(journey)).length;
  expect(first).toBeGreaterThanOrEqual(10);
  expect(first).toBeLessThan(15);
  await from(3_600_000);
  await turn();
  const second = (await runsOf(journey)).length - first;
  expect(second).toBeLessThanOrEqual(51);
  expect(await turn()).toMatchObject({ is: "wait" });
});

it("passes nobody over when the clock that its rate counts by goes back, and goes on at its rate", async () => {
  const own = await shop();
  await members(own, 1_200);
  const journey = await published(own, draft("on-broadcast", { ...everyone, perMinute: 600 }));
  const [broadcast] = await of(own, journey);
  if (!broadcast) throw new Error("no broadcast");
  const turn = () => broadcastTurn(own.workspace, broadcast.id);
  await turn();
  await peek(
    sql`UPDATE broadcast SET rate_from = clock_timestamp() + interval '1 hour', rate_count = 0 WHERE id = ${broadcast.id}`,
  );
  expect(await turn()).toMatchObject({ is: "wait" });
  expect((await of(own, journey))[0]).toMatchObject({ state: "running", seen: 0, entered: 0 });
  // Resumed by a process whose clock is ahead of the database's.
  await call(pauseBroadcast, own.actor(), { broadcast: broadcast.id });
  await call(resumeBroadcast, own.actor(), { broadcast: broadcast.id }, { now: new Date(Date.now() + 30_000) });
  expect(await turn()).toMatchObject({ is: "wait" });
  expect(await runsOf(journey)).toHaveLength(0);
  await peek(sql`UPDATE broadcast SET rate_from = rate_from - interval '1 second' WHERE id = ${broadcast.id}`);
  expect(await turn()).toEqual({ is: "moved" });
  const { length } = await runsOf(journey);
  expect(length).toBeGreaterThanOrEqual(10);
  expect((await of(own, journey))[0]).toMatchObject({ state: "running", seen: length, entered: length });
});

it("stands still while real-time events wait, and while its journey is paused", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const journey = await published(own, draft("on-broadcast", everyone));
  const [broadcast] = await of(own, journey);
  if (!broadcast) throw new Error("no broadcast");
  const turn = () => broadcastTurn(own.workspace, broadcast.id);
  await turn();
  await accept(own, [{ member, event: event("page_viewed", {}, { acceptedAt: Date.now() - 2_000 }) }]);
  expect(await turn()).toMatchObject({ is: "wait" });
  await dispatchAll();
  await peek(sql`UPDATE journey SET state = 'paused' WHERE id = ${journey}`);
  expect(await turn()).toEqual({ is: "idle" });
  await peek(sql`UPDATE journey SET state = 'live' WHERE id = ${journey}`);
  expect(await turn()).toEqual({ is: "moved" });
});

it("tells before publishing whom a draft would take", async () => {
  const own = await shop();
  const all = await members(own, 5);
  await peek(
    sql`UPDATE member SET last_visit_at = now() - interval '40 days' WHERE id = ANY(${all.slice(0, 2)}::uuid[])`,
  );
  await peek(sql`UPDATE member SET joined_at = now() - interval '40 days' WHERE id = ${all[2]}`);
  const count = async (document: object) => {
    const made = await call(createJourney, own.actor(), { document });
    if (!made.ok) throw new Error(made.detail);
    const found = await call(journeyAudience, own.actor(), { journey: made.value.id });
    return found.ok ? found.value : found;
  };
  expect(await count(draft("on-broadcast", everyone))).toMatchObject({ trigger: "broadcast", count: 5 });
  expect(await count(draft("on-inactivity", { of: "visit", days: 30, when: { all: [] } }))).toMatchObject({
    trigger: "inactivity",
    count: 3,
  });
  expect(await count(draft("on-call", { when: { all: [] } }))).toMatchObject({ trigger: "call", count: null });
});

it("refuses a time that is past", async () => {
  const own = await shop();
  const made = await call(createJourney, own.actor(), {
    document: draft("on-broadcast", { ...everyone, at: "2020-01-01T10:00" }),
  });
  if (!made.ok) throw new Error(made.detail);
  expect(await call(publishJourney, own.actor(), { journey: made.value.id })).toMatchObject({
    ok: false,
    reason: "invalid",
  });
});

it("comes by its schedule: one waits for each next instant, whatever is published between", async () => {
  const own = await shop();
  await members(own, 2);
  const journey = await published(
    own,
    draft("on-schedule", { cron: "*/5 * * * *", zone: "", segment: "", when: { all: [] }, perMinute: 0 }),
  );
  await call(publishJourney, own.actor(), { journey });
  const waiting = () =>
    peek<{ at: Date }>(sql`SELECT starts_at AS at FROM broadcast WHERE journey_id = ${journey} AND state = 'waiting'`);
  const [first] = await waiting();
  expect(await waiting()).toHaveLength(1);
  expect(first?.at.getTime()).toBeGreaterThan(Date.now());
  expect((first?.at.getTime() ?? 1) % 300_000).toBe(0);
  await peek(
    sql`UPDATE broadcast SET starts_at = now() - interval '1 second' WHERE journey_id = ${journey} AND state = 'waiting'`,
  );
  await runAll(own, journey);
  expect(await runsOf(journey)).toHaveLength(2);
  expect(await waiting()).toHaveLength(1);
});

it("lets members in by a call, with what the call says, and refuses whom nobody knows", async () => {
  const own = await shop();
  const [a, b] = await members(own, 2);
  const journey = await published(own, draft("on-call", { when: { all: [] } }));
  const asked = { journey, members: [{ member: a, properties: { order_id: "o1" } }, { member: b }] };
  expect(await call(callIn, own.actor(), asked)).toEqual({ ok: true, value: { accepted: 2 } });
  await dispatchAll();
  expect((await runsOf(journey)).map(({ member }) => member).sort()).toEqual([a, b].sort());
  expect(
    await peek(
      sql`SELECT entry_event->'properties'->>'order_id' AS "orderId" FROM run WHERE journey_id = ${journey} AND member_id = ${a}`,
    ),
  ).toEqual([{ orderId: "o1" }]);
  expect(await call(callIn, own.actor(), { journey, members: [{ member: a }, { member: journey }] })).toMatchObject({
    ok: false,
    reason: "not_found",
    path: ["members", 1, "member"],
  });
  const other = await published(own, draft("on-broadcast", everyone));
  expect(await call(callIn, own.actor(), { journey: other, members: [{ member: a }] })).toMatchObject({
    ok: false,
    reason: "conflict",
  });
});

it("is called off when its journey stops: one that is planned, one that is paused and one under way; published again, it is planned anew", async () => {
  const own = await shop();
  await members(own, 600);
  const planned = await published(own, draft("on-broadcast", { ...everyone, at: "2099-12-01T10:00" }));
  const underWay = await published(own, draft("on-broadcast", everyone));
  const paused = await published(own, draft("on-broadcast", everyone));
  const [begun, halted] = [await of(own, underWay), await of(own, paused)];
  for (let i = 0; i < 2; i++) await broadcastTurn(own.workspace, begun[0]?.id ?? "");
  await call(pauseBroadcast, own.actor(), { broadcast: halted[0]?.id ?? "" });
  const states = async () =>
    (await Promise.all([planned, underWay, paused].map((journey) => of(own, journey)))).map(([one]) => one?.state);
  expect(await states()).toEqual(["waiting", "running", "paused"]);
  for (const journey of [planned, underWay, paused]) await call(stopJourney, own.actor(), { journey });
  expect(await states()).toEqual(["cancelled", "cancelled", "cancelled"]);
  expect(await broadcastTurn(own.workspace, begun[0]?.id ?? "")).toEqual({ is: "over" });
  expect(await runsOf(underWay)).toHaveLength(500);
  const [job] = await peek<{ id: JobId }>(sql`SELECT id FROM job WHERE journey_id = ${planned} AND kind = 'stop'`);
  while (job && (await workOn(own.workspace, job.id)) === "moved");
  const again = await call(publishJourney, own.actor(), { journey: planned });
  expect(again).toMatchObject({ ok: true });
  expect((await of(own, planned)).map(({ state }) => state).sort()).toEqual(["cancelled", "waiting"]);
});
