import { afterEach, expect, it, vi } from "vitest";
import { laneOf, type MemberId } from "@/core/ids";
import type { Happening } from "@/core/simulate/scene";
import { simulate } from "@/core/simulate/simulate";
import { engine, peek, sql } from "@/platform/db";
import { loadMembers } from "@/services/members/load";
import { database } from "@/tests/harness/database";
import {
  accept,
  conductAll,
  dispatchAll,
  dispatchLane,
  event,
  liveJourney,
  members,
  runsOf,
} from "@/tests/harness/journey";
import { type Link, line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { dispatch } from "./dispatch";

await database();
afterEach(() => {
  vi.restoreAllMocks();
});

const afterEnd = { settings: { reentry: { is: "after_end" } } };
const ten: Link = [{ id: "ten", kind: "reward", config: { grants: [{ is: "points", points: 10 }] } }, "granted"];
const week: Link = [
  { id: "week", kind: "wait-for", config: { event: "visited", when: { all: [] }, within: "P7D" } },
  "happened",
];
const paid = (member: MemberId, order: string) => ({
  member,
  event: event("order_paid", { amount: 100, order_id: order }),
});
let orders = 0;
const ordersOf = (all: readonly MemberId[], count: number) =>
  Array.from({ length: count }, () => all.map((member) => paid(member, `o${++orders}`))).flat();
const one = async (own: Shop): Promise<MemberId> => {
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  return member;
};
const away = (own: Shop) =>
  peek<{ reason: string; n: number }>(
    sql`SELECT reason, count(*)::int AS n FROM turned_away WHERE workspace_id = ${own.workspace} GROUP BY 1 ORDER BY 1`,
  );
const states = async (journey: Parameters<typeof runsOf>[0]) => (await runsOf(journey)).map(({ state }) => state);
const each = (count: number, state: string) => Array(count).fill(state);

it("lets a member in as often in one turn as one event at a time, and as the simulator says", async () => {
  const own = await shop();
  const journey = await liveJourney(own, line([ten], afterEnd));
  const [together, apart] = (await members(own, 2)) as [MemberId, MemberId];
  const loaded = await engine((tx) =>
    loadMembers(tx, own.workspace, [together], { since: "1900-01-01", coupons: true }),
  );
  await accept(own, ordersOf([together], 4));
  await dispatchAll();
  for (const row of ordersOf([apart], 4)) {
    await accept(own, [row]);
    await dispatchAll();
  }
  const runs = await runsOf(journey.id);
  const of = (member: MemberId) => runs.filter((run) => run.member === member).map(({ state }) => state);
  expect([of(together), of(apart)]).toEqual([each(4, "done"), each(4, "done")]);
  expect(await away(own)).toEqual([]);

  const member = loaded.get(together);
  if (!member) throw new Error("no member");
  const starts = Date.UTC(2026, 2, 2, 1);
  const happened = Array.from(
    { length: 4 },
    (_, i): Happening => ({ at: starts, name: "order_paid", properties: { order_id: `o${i}` } }),
  );
  const scene = {
    workspace: own.workspace,
    plan: journey.plan,
    member,
    zone: "UTC",
    starts,
    ends: starts + 1000,
    events: happened,
  };
  expect(simulate(scene).runs.map(({ state }) => state)).toEqual(each(4, "done"));
  expect(simulate({ ...scene, pace: { ready: 5000, due: 100 } }).runs).toHaveLength(4);
});

it("begins a run for each of three coupons that one reward gave", async () => {
  const own = await shop();
  const grants = Array.from({ length: 3 }, () => ({ is: "coupon", offer: own.offer }));
  await liveJourney(own, line([[{ id: "gift", kind: "reward", config: { grants } }, "granted"]]));
  const told = await liveJourney(own, line([ten], { event: "coupon_issued", ...afterEnd }));
  await accept(own, [paid(await one(own), "o1")]);
  await dispatchAll();
  expect(await states(told.id)).toEqual(each(3, "done"));
});

it("takes a crowd's events one behind the other, however many members there are and though no conductor comes", async () => {
  const own = await shop();
  const { id } = await liveJourney(own, line([ten], afterEnd));
  const all = await members(own, 300);
  await accept(own, ordersOf(all, 3));
  await dispatchAll();
  expect([(await states(id)).length, await away(own)]).toEqual([900, []]);
  // Nobody's next order waited for the last ones, which are their conductor's.
  const ready = (await runsOf(id)).filter(({ state }) => state === "ready");
  expect(new Set(ready.map(({ member }) => member)).size).toBe(ready.length);
});

it("moves what a worker that died had left ready before it asks whether a member may enter again", async () => {
  const own = await shop();
  const { id } = await liveJourney(own, line([ten], afterEnd));
  const all = await members(own, 40);
  await accept(own, ordersOf(all, 1));
  await dispatchAll({ carries: false });
  expect(await states(id)).toEqual(each(40, "ready"));
  await accept(own, ordersOf(all, 1));
  await dispatchAll();
  expect([(await states(id)).length, await away(own)]).toEqual([80, []]);
});

it("counts only who stands somewhere against a bound of runs at once, of a member's and of all", async () => {
  const own = await shop();
  const settings = (limits: object) => ({ settings: { reentry: { is: "always" }, limits } });
  const perMember = await liveJourney(own, line([ten], settings({ perMember: 1 })));
  const live = await liveJourney(own, line([ten], settings({ live: 1 })));
  const standing = await liveJourney(own, line([week], settings({ live: 2 })));
  await accept(own, ordersOf(await members(own, 6), 2));
  await dispatchAll();
  expect([await states(perMember.id), await states(live.id)]).toEqual([each(12, "done"), each(12, "done")]);
  expect([await states(standing.id), await away(own)]).toEqual([each(2, "parked"), [{ reason: "limit_live", n: 10 }]]);
});

it("still refuses whom a run that waits keeps out, and lets in who comes after its time was up", async () => {
  const own = await shop();
  const { id } = await liveJourney(own, line([week, ten], afterEnd));
  const member = await one(own);
  await accept(own, ordersOf([member], 3));
  await dispatchAll();
  expect([await states(id), await away(own)]).toEqual([["parked"], [{ reason: "re_entry", n: 2 }]]);
  await peek(sql`UPDATE run SET due_at = now() - interval '1 second' WHERE journey_id = ${id}`);
  await accept(own, [paid(member, "later")]);
  await dispatchAll();
  expect((await states(id)).sort()).toEqual(["done", "parked"]);
});

it("waits for a run that its conductor is to move, in the member's order, and not for ever", async () => {
  const own = await shop();
  const { id, shard } = await liveJourney(own, line([ten], afterEnd));
  const tags = await liveJourney(own, line([tagged("t", "seen")], { event: "visited" }));
  const member = await one(own);
  await accept(own, [...ordersOf([member], 2), { member, event: event("visited") }]);
  const lane = laneOf(own.workspace, member);
  expect(await dispatchLane(lane, { carries: false })).toBe(1);
  expect(await dispatch(lane, { carries: false })).toEqual({ is: "took", took: 0, isIdle: false, waits: true });
  expect([await states(id), await states(tags.id)]).toEqual([["ready"], []]);
  await conductAll(shard);
  expect(await dispatchLane(lane, { carries: false })).toBe(2);
  expect([await states(id), await states(tags.id), await away(own)]).toEqual([["done", "ready"], ["ready"], []]);

  await accept(own, ordersOf([member], 1));
  expect(await dispatchLane(lane, { carries: false })).toBe(0);
  const later = performance.now() + 11_000;
  vi.spyOn(performance, "now").mockImplementation(() => later);
  expect(await dispatchLane(lane, { carries: false })).toBe(1);
  expect(await away(own)).toEqual([{ reason: "re_entry", n: 1 }]);
});

it("turns away at once who comes to a paused journey, though a run of theirs is ready in it", async () => {
  const own = await shop();
  const { id } = await liveJourney(own, line([ten], afterEnd));
  const member = await one(own);
  await accept(own, ordersOf([member], 1));
  await dispatchAll({ carries: false });
  await peek(sql`UPDATE journey SET state = 'paused' WHERE id = ${id}`);
  await accept(own, ordersOf([member], 1));
  await dispatchAll();
  expect(await peek(sql`SELECT 1 FROM inbox WHERE workspace_id = ${own.workspace}`)).toEqual([]);
  expect(await states(id)).toEqual(["ready"]);
});

it("lets a journey of an exclusion group have a member for no longer than another has them, however busy a worker is", async () => {
  const own = await shop();
  const group = (days: number, priority = 1) => ({
    settings: { reentry: { is: "always" }, group: { name: `g${days}`, days }, priority },
  });
  const passing = await liveJourney(own, line([ten], group(0)));
  const next = await liveJourney(own, line([ten], { event: "visited", ...group(0) }));
  const waiting = await liveJourney(own, line([week], { event: "began", ...group(0) }));
  const holding = await liveJourney(own, line([ten], group(7)));
  const held = await liveJourney(own, line([ten], { event: "visited", ...group(7) }));
  const [member, other] = (await members(own, 2)) as [MemberId, MemberId];
  const visit = (member: MemberId) => ({ member, event: event("visited") });
  // The order's run of either group has not moved on as the visit is judged: without days it is in nobody's way.
  await accept(own, [paid(member, "o1"), visit(member)]);
  await dispatchAll();
  const all = async () => Promise.all([passing, next, holding, held].map(({ id }) => states(id)));
  expect([await all(), await away(own)]).toEqual([[["done"], ["done"], ["done"], []], [{ reason: "excluded", n: 1 }]]);
  // One that stands at a wait has the member; whose time is up has not.
  await accept(own, [{ member: other, event: event("began") }, paid(other, "o2")]);
  await dispatchAll();
  expect([await states(waiting.id), (await states(passing.id)).length]).toEqual([["parked"], 1]);
  await peek(sql`UPDATE run SET due_at = now() - interval '1 second' WHERE journey_id = ${waiting.id}`);
  await accept(own, [paid(other, "o3")]);
  await dispatchAll();
  expect([await states(waiting.id), (await states(passing.id)).length]).toEqual([["done"], 2]);
});

it("of two journeys of a group that one event begins, the one with the higher priority has the member, though it has them for a moment only", async () => {
  const own = await shop();
  const both = await Promise.all(
    [9, 1].map((priority) =>
      liveJourney(
        own,
        line([ten], { settings: { reentry: { is: "always" }, group: { name: "g", days: 0 }, priority } }),
      ),
    ),
  );
  await accept(own, ordersOf([await one(own)], 3));
  await dispatchAll();
  expect(await Promise.all(both.map(({ id }) => states(id)))).toEqual([each(3, "done"), []]);
});

it("moves a run with its member as all events of the instant left them, however many turns those take", async () => {
  const own = await shop();
  const all: Link = [
    { id: "all", kind: "if", config: { when: { field: "member.orders", is: "gte", value: 20 } } },
    "yes",
  ];
  const journey = await liveJourney(own, line([all, ten], { settings: { reentry: { is: "once" } } }));
  const member = await one(own);
  const acceptedAt = Date.now();
  const order = (i: number) => event("order_paid", { amount: 100, order_id: `o${i}` }, { acceptedAt });
  // A history of the past is another turn's again; it counts.
  const past = { ...order(20), isHistorical: true };
  const events = [...Array.from({ length: 19 }, (_, i) => order(i)), past];
  await accept(
    own,
    events.map((event) => ({ member, event })),
  );
  const lane = laneOf(own.workspace, member);
  let turns = 0;
  for (; ; turns++) {
    expect(await runsOf(journey.id)).toMatchObject(turns === 0 ? [] : [{ state: "ready" }]);
    const turn = await dispatch(lane);
    if (turn.is === "took" && turn.isIdle) break;
  }
  expect(turns).toBeGreaterThan(1);
  expect(await runsOf(journey.id)).toMatchObject([{ state: "done" }]);
  expect(
    await peek(sql`SELECT sum(points)::int AS points FROM points_entry WHERE workspace_id = ${own.workspace}`),
  ).toEqual([{ points: 10 }]);
});
