import { expect, it } from "vitest";
import type { InboxEvent } from "@/core/events/inbox-event";
import type { MemberId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { published, republish, workAll } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { standingClock } from "@/tests/harness/standing-clock";
import { nextDue, type Shard } from "./claim";
import { sweep } from "./sweep";

const { url } = await database();
const clock = await standingClock(url);

const DAY = 86_400_000;
const T0 = Date.UTC(2026, 2, 2, 1);
const ANY = { all: [] };
const silent = (days: number) => ({ field: "member.last_visit_at", is: "not_within_days", value: days });
const TRUE_AT = T0 + 2 * DAY + 1;
/** As claim.DUE_GRACE. */
const GRACE = 100;

const drawing = (nodes: object[], edges: object[], more: object = {}) => ({
  name: "looks",
  entry: "visit",
  nodes: [{ id: "visit", kind: "on-event", config: { event: "store_visit", when: ANY } }, ...nodes],
  edges,
  settings: { reentry: { is: "once" } },
  ...more,
});
const untilSilent = (more: object = {}) =>
  drawing(
    [
      { id: "w", kind: "wait-until", config: { when: silent(2), within: "P30D" } },
      { id: "tag", kind: "tag", config: { action: "add", tag: "silent" } },
    ],
    [
      { from: "visit", port: "next", to: "w" },
      { from: "w", port: "holds", to: "tag" },
    ],
    more,
  );
const delayed = (more: object) =>
  drawing([{ id: "d", kind: "delay", config: { for: "P30D" } }], [{ from: "visit", port: "next", to: "d" }], more);

const at = (instant: number): { occurredAt: number; acceptedAt: number } => ({
  occurredAt: instant,
  acceptedAt: instant,
});
async function happens(own: Shop, member: MemberId, what: InboxEvent): Promise<void> {
  await accept(own, [{ member, event: what }]);
  await dispatchAll();
}
async function begun(document: object) {
  await clock.set(T0);
  const own = await shop();
  const journey = await liveJourney(own, document);
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await happens(own, member, event("store_visit", {}, at(T0)));
  await conductAll(journey.shard);
  return { own, ...journey, member };
}
const lines = (own: Shop) =>
  peek<{ step: string; port: string; at: Date; why: unknown }>(
    sql`SELECT step, port, at, why FROM journal WHERE workspace_id = ${own.workspace} ORDER BY at, lap, step DESC`,
  );
const wakes = async (shard: Shard) =>
  (await peek<{ at: Date | null }>(sql`SELECT (${nextDue(shard)}) AS at`))[0]?.at?.getTime();

it("leaves a wait when its rule comes true by time alone, at that instant and not before", async () => {
  const { own, id, shard } = await begun(untilSilent());
  expect(await wakes(shard)).toBe(TRUE_AT + GRACE);
  await clock.set(TRUE_AT - 1 + GRACE);
  await conductAll(shard);
  expect(await runsOf(id)).toMatchObject([{ state: "parked" }]);
  await clock.set(TRUE_AT + GRACE);
  await conductAll(shard);
  expect(await runsOf(id)).toMatchObject([{ state: "done" }]);
  expect(await peek(sql`SELECT look_at FROM run WHERE journey_id = ${id}`)).toEqual([{ look_at: null }]);
  expect(await lines(own)).toMatchObject([
    { step: "w.start", port: "holds", why: { field: "member.last_visit_at", verdict: true } },
    { step: "tag.start", port: "next" },
  ]);
});

it("goes on waiting where the member came again, and wakes for nothing else", async () => {
  const { own, id, shard, member } = await begun(untilSilent());
  await clock.set(T0 + DAY);
  await happens(own, member, event("store_visit", {}, at(T0 + DAY)));
  await clock.set(TRUE_AT + GRACE);
  await conductAll(shard);
  expect(await runsOf(id)).toMatchObject([{ state: "parked" }]);
  expect(await wakes(shard)).toBe(TRUE_AT + DAY + GRACE);
  await clock.set(TRUE_AT + DAY + GRACE);
  await conductAll(shard);
  expect(await runsOf(id)).toMatchObject([{ state: "done" }]);
});

it("gives the instant to an event accepted by then; a later one finds that the clock has been, however late a worker comes", async () => {
  const visitAt = async (accepted: number, now: number, carries = true) => {
    const { own, id, shard, member } = await begun(untilSilent());
    await clock.set(now);
    await accept(own, [{ member, event: event("store_visit", {}, at(accepted)) }]);
    // A conductor that comes before the event is dispatched leaves the run to whom it belongs.
    if (accepted <= TRUE_AT) await conductAll(shard);
    await dispatchAll({ carries });
    await conductAll(shard);
    return { own, run: (await runsOf(id))[0] };
  };
  expect((await visitAt(TRUE_AT, TRUE_AT + GRACE)).run?.state).toBe("parked");
  // It tells the rule that held, whether the turn itself moves the run or leaves it to the conductor.
  for (const now of [TRUE_AT + 2, TRUE_AT + 3_600_000])
    for (const carries of [true, false]) {
      const { own, run } = await visitAt(TRUE_AT + 1, now, carries);
      expect(run?.state).toBe("done");
      expect(await lines(own)).toMatchObject([
        {
          step: "w.start",
          port: "holds",
          why: { field: "member.last_visit_at", is: "not_within_days", verdict: true },
        },
        { step: "tag.start" },
      ]);
    }
});

it("lets a member leave by an exit, and reach a goal, that time alone brings in the middle of a wait", async () => {
  const exit = await begun(delayed({ exits: [{ when: silent(2) }] }));
  await clock.set(TRUE_AT + GRACE);
  await conductAll(exit.shard);
  expect(await runsOf(exit.id)).toMatchObject([{ state: "exited" }]);
  expect(await lines(exit.own)).toMatchObject([{ step: "d.start", port: "@exit", why: { verdict: true } }]);

  const goal = await begun(delayed({ goal: { when: silent(2) } }));
  await clock.set(TRUE_AT + GRACE);
  await conductAll(goal.shard);
  expect(await runsOf(goal.id)).toMatchObject([{ state: "goal" }]);
  expect(await lines(goal.own)).toMatchObject([{ step: "d.start", port: "@goal" }]);
});

it("counts the goal of members who are kept out alike", async () => {
  await clock.set(T0);
  const own = await shop();
  const settings = { reentry: { is: "once" }, holdout: { percent: 50, days: 30 } };
  const { id, shard } = await liveJourney(own, delayed({ goal: { when: silent(2) }, settings }));
  const visits = (await members(own, 20)).map((member) => ({ member, event: event("store_visit", {}, at(T0)) }));
  await accept(own, visits);
  await dispatchAll();
  await conductAll(shard);
  expect(new Set((await runsOf(id)).map(({ state }) => state))).toEqual(new Set(["parked", "held"]));
  await clock.set(TRUE_AT + GRACE);
  await conductAll(shard);
  expect(new Set((await runsOf(id)).map(({ state }) => state))).toEqual(new Set(["goal"]));
});

it("keeps the time-out that a journey has no other instant than, and writes no instant where no rule asks the clock", async () => {
  const { own } = await begun(delayed({ exits: [{ when: { field: "member.tier", is: "eq", value: "gold" } }] }));
  expect(await peek(sql`SELECT look_at, due_at FROM run WHERE workspace_id = ${own.workspace}`)).toEqual([
    { look_at: null, due_at: new Date(T0 + 30 * DAY) },
  ]);
});

it("judges an exit that a new version brings at once", async () => {
  await clock.set(T0);
  const own = await shop();
  const { id, shard } = await published(own, delayed({}));
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await happens(own, member, event("store_visit", {}, at(T0)));
  await clock.set(TRUE_AT + GRACE);
  await republish(own, id, delayed({ exits: [{ when: silent(2) }] }));
  await workAll(own.workspace);
  await conductAll(shard);
  expect(await runsOf(id)).toMatchObject([{ state: "parked" }]);
  await clock.set(TRUE_AT + 2 * GRACE);
  await conductAll(shard);
  expect(await runsOf(id)).toMatchObject([{ state: "exited" }]);
});

it("sweeps up a conductor that overslept a look", async () => {
  const { own } = await begun(untilSilent());
  await peek(sql`UPDATE conductor SET is_awake = false, next_due = NULL WHERE workspace_id = ${own.workspace}`);
  const swept = async () => (await sweep()).map(({ workspace }) => workspace);
  await clock.set(TRUE_AT);
  expect(await swept()).not.toContain(own.workspace);
  await clock.set(TRUE_AT + 3_000);
  expect(await swept()).toContain(own.workspace);
});

it("records the goal to which a run's own last step brings the member", async () => {
  const points = (more: object) =>
    drawing(
      [{ id: "p", kind: "reward", config: { grants: [{ is: "points", points: 100 }] } }],
      [{ from: "visit", port: "next", to: "p" }],
      more,
    );
  const reached = await begun(points({ goal: { when: { field: "member.points", is: "gte", value: 100 } } }));
  expect(await runsOf(reached.id)).toMatchObject([{ state: "goal" }]);
  expect(await peek(sql`SELECT goal_at, reason FROM run WHERE journey_id = ${reached.id}`)).toEqual([
    { goal_at: new Date(T0), reason: null },
  ]);
  const short = await begun(points({ goal: { when: { field: "member.points", is: "gte", value: 101 } } }));
  expect(await runsOf(short.id)).toMatchObject([{ state: "done" }]);
  // Who was there before they came was not brought there.
  const before = await begun(points({ goal: { when: { field: "member.visits", is: "gte", value: 1 } } }));
  expect(await runsOf(before.id)).toMatchObject([{ state: "done" }]);
});
