import { expect, it } from "vitest";
import type { JourneyId } from "@/core/ids";
import { engine, json, peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { releaseHeld } from "./release-held";

await database();

const ANY = { all: [] };
/** Order, a tag at once, a week's wait, another tag; the goal is a redeemed coupon, the exit a closed account. */
const draft = (settings: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  name: "endings",
  entry: "paid",
  nodes: [
    { id: "paid", kind: "on-event", config: { event: "order_paid", when: ANY } },
    { id: "seen", kind: "tag", config: { action: "add", tag: "seen" } },
    { id: "week", kind: "delay", config: { for: "P7D" } },
    { id: "late", kind: "tag", config: { action: "add", tag: "late" } },
  ],
  edges: [
    { from: "paid", port: "next", to: "seen" },
    { from: "seen", port: "next", to: "week" },
    { from: "week", port: "next", to: "late" },
  ],
  goal: { on: "coupon_redeemed", when: ANY, value: "amount" },
  exits: [{ on: "account_closed", when: ANY }],
  settings,
  ...more,
});
const orders = (ids: Awaited<ReturnType<typeof members>>) =>
  ids.map((member) => ({ member, event: event("order_paid") }));
async function walk(own: Shop, shard: Parameters<typeof conductAll>[0], rows: Parameters<typeof accept>[1]) {
  await accept(own, rows);
  await dispatchAll();
  await conductAll(shard);
}
type Ended = { member: string; state: string; held: boolean; goalValue: number | null };
const ends = (journey: JourneyId) =>
  peek<Ended>(sql`
    SELECT member_id AS member, state, is_held AS held, goal_value AS "goalValue" FROM run WHERE journey_id = ${journey} ORDER BY entered_at, id`);

it("keeps its share out: they walk no step, and their goals and exits count like the others'", async () => {
  const own = await shop();
  const { id, shard } = await liveJourney(own, draft({ holdout: { percent: 50, days: 30 }, reentry: { is: "once" } }));
  const all = await members(own, 200);
  await walk(own, shard, orders(all));
  const held = (await ends(id)).filter((run) => run.held).map((run) => run.member);
  expect(held.length).toBeGreaterThan(60);
  expect(held.length).toBeLessThan(140);
  expect((await ends(id)).every(({ state, held }) => state === (held ? "held" : "parked"))).toBe(true);
  const tagged = await peek<{ member: string }>(
    sql`SELECT member_id AS member FROM member_tag WHERE workspace_id = ${own.workspace} AND tag = 'seen'`,
  );
  expect(tagged.length).toBe(200 - held.length);
  expect(tagged.filter(({ member }) => held.includes(member))).toEqual([]);

  // Both arms buy and close alike.
  const treated = all.filter((member) => !held.includes(member));
  const [h1, h2, h3] = all.filter((member) => held.includes(member));
  const [t1, t2] = treated;
  if (!h1 || !h2 || !h3 || !t1 || !t2) throw new Error("too few");
  await walk(own, shard, [
    ...[h1, t1].map((member) => ({ member, event: event("coupon_redeemed", { amount: 12_345 }) })),
    ...[h2, t2].map((member) => ({ member, event: event("account_closed") })),
  ]);
  const byMember = new Map((await ends(id)).map((run) => [run.member, run]));
  expect([h1, t1].map((member) => byMember.get(member))).toMatchObject([
    { state: "goal", held: true, goalValue: 12_345 },
    { state: "goal", held: false, goalValue: 12_345 },
  ]);
  expect([h2, t2].map((member) => byMember.get(member)?.state)).toEqual(["exited", "exited"]);

  // The observation ends; a goal after it is none.
  await peek(sql`UPDATE run SET due_at = now() - interval '2 minutes' WHERE journey_id = ${id} AND state = 'held'`);
  await walk(own, shard, [{ member: h3, event: event("coupon_redeemed", { amount: 1 }) }]);
  expect((await ends(id)).find(({ member }) => member === h3)?.state).toBe("held");
  expect(await releaseHeld(1000)).toBe(held.length - 2);
  expect((await ends(id)).filter(({ state }) => state === "held")).toEqual([]);
  expect(
    await peek(sql`SELECT count(*)::int AS n FROM entry WHERE workspace_id = ${own.workspace} AND live > 0`),
  ).toEqual([{ n: treated.length - 2 }]);
});

it("observes whom it keeps out until what came before the end has been acted on, however late that is", async () => {
  const own = await shop();
  const { id, shard } = await liveJourney(own, draft({ holdout: { percent: 50, days: 30 }, reentry: { is: "once" } }));
  const all = await members(own, 30);
  await walk(own, shard, orders(all));
  const held = (await ends(id)).filter((run) => run.held).map((run) => run.member);
  const [bought, looked, quiet] = all.filter((member) => held.includes(member));
  if (!bought || !looked || !quiet) throw new Error("too few are held");
  const over = Date.now() - 10 * 60_000;
  await peek(sql`UPDATE run SET due_at = ${new Date(over)} WHERE journey_id = ${id} AND state = 'held'`);
  await peek(sql`UPDATE run SET look_at = ${new Date(over - 1000)} WHERE journey_id = ${id} AND member_id = ${looked}`);
  const at = { occurredAt: over - 1000, acceptedAt: over - 1000 };
  await accept(own, [
    { member: bought, event: event("coupon_redeemed", { amount: 500 }, at) },
    // After the end: no reason to wait.
    { member: quiet, event: event("coupon_redeemed", { amount: 500 }) },
  ]);
  await releaseHeld(1000);
  const stateOf = async (member: string) => (await ends(id)).find((run) => run.member === member)?.state;
  expect([await stateOf(bought), await stateOf(looked), await stateOf(quiet)]).toEqual(["held", "held", "done"]);
  await dispatchAll();
  await conductAll(shard);
  expect(await stateOf(bought)).toBe("goal");
  await releaseHeld(1000);
  expect(await stateOf(looked)).toBe("done");
});

it("keeps the workspace's holdout out of every journey, the same members", async () => {
  const own = await shop();
  await engine((tx) =>
    tx.run(
      sql`UPDATE workspace SET settings = ${json({ holdout: { percent: 40, days: 90 } })} WHERE id = ${own.workspace}`,
    ),
  );
  const journeys = [await liveJourney(own, draft({})), await liveJourney(own, draft({}))];
  const all = await members(own, 100);
  await accept(own, orders(all));
  await dispatchAll();
  const [a, b] = await Promise.all(
    journeys.map(async ({ id }) =>
      (await ends(id))
        .filter((run) => run.held)
        .map((run) => run.member)
        .sort(),
    ),
  );
  expect(a?.length).toBeGreaterThan(15);
  expect(a).toEqual(b);
});

it("reaches goals and exits that need no event after whatever changed the member, also in the middle of a wait", async () => {
  const own = await shop();
  const { id, shard } = await liveJourney(
    own,
    draft(
      { reentry: { is: "once" } },
      {
        goal: { when: { field: "member.attributes.plan", is: "eq", value: "pro" } },
        exits: [{ when: { field: "member.tags", is: "contains", value: "vip" } }],
      },
    ),
  );
  const [pro, vip, born, plain] = await members(own, 4);
  if (!pro || !vip || !born || !plain) throw new Error("no members");
  const tag = (member: string) =>
    engine(async (tx) => {
      await tx.run(sql`INSERT INTO tag (workspace_id, name) VALUES (${own.workspace}, 'vip') ON CONFLICT DO NOTHING`);
      await tx.run(
        sql`INSERT INTO member_tag (workspace_id, member_id, tag, source) VALUES (${own.workspace}, ${member}, 'vip', 'test')`,
      );
    });
  await tag(born);
  await walk(own, shard, orders([pro, vip, born, plain]));
  await tag(vip);
  await walk(own, shard, [
    { member: pro, event: { ...event("identified"), type: "identify", traits: { plan: "pro" } } },
    ...[vip, plain].map((member) => ({ member, event: event("page_viewed") })),
  ]);
  expect(Object.fromEntries((await ends(id)).map(({ member, state }) => [member, state]))).toEqual({
    [pro]: "goal",
    [vip]: "exited",
    [born]: "exited",
    [plain]: "parked",
  });
  // Who met the exit as they entered got nothing on the way.
  expect(
    await peek(sql`SELECT count(*)::int AS n FROM member_tag WHERE workspace_id = ${own.workspace} AND tag = 'seen'`),
  ).toEqual([{ n: 3 }]);
});

it.each([
  { afterVisits: undefined, state: "exited" },
  { afterVisits: "fail", state: "failed" },
] as const)("ends a run that goes round more often than the journey allows as $state, and says so", async (how) => {
  const own = await shop();
  const loop = draft({ visits: 3, ...(how.afterVisits && { afterVisits: how.afterVisits }) });
  const { id, shard } = await liveJourney(own, {
    ...loop,
    edges: [...loop.edges, { from: "late", port: "next", to: "seen" }],
  });
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await walk(own, shard, orders([member]));
  for (let round = 0; round < 3; round++) {
    expect(await runsOf(id)).toMatchObject([{ state: "parked", lap: round }]);
    await peek(sql`UPDATE run SET due_at = now() - interval '1 hour' WHERE journey_id = ${id}`);
    await conductAll(shard);
  }
  expect(await runsOf(id)).toMatchObject([
    {
      state: how.state,
      lap: 3,
      step: "seen.start",
      reason: "passed this step 3 times, as often as the journey allows",
    },
  ]);
});
