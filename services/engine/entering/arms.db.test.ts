import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { EventId, JourneyId, MemberId } from "@/core/ids";
import type { Plan } from "@/core/plan/plan";
import type { Holdout } from "@/core/policy/holdout";
import { engine, json, peek, Sql, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { duplicateJourney } from "@/services/journeys/drafting/duplicate";
import { lockMembers } from "@/services/members/lock";
import { mergeMember } from "@/services/merging/merge";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, liveJourney, members, republish } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { enter } from "./enter";

await database();

/** Each a version of its own. */
let drawn = 0;
const drawing = (percent: number, settings: Record<string, unknown> = {}) => ({
  name: `measured ${++drawn}`,
  entry: "paid",
  nodes: [
    { id: "paid", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    { id: "tag", kind: "tag", config: { action: "add", tag: "got" } },
  ],
  edges: [{ from: "paid", port: "next", to: "tag" }],
  settings: {
    reentry: { is: "always" },
    ...settings,
    ...(percent > 0 && { holdout: { percent, days: 30 } }),
  },
});

const measureAll = ({ workspace }: Shop, holdout: Holdout) =>
  peek(sql`UPDATE workspace SET settings = settings || ${json({ holdout })}::jsonb WHERE id = ${workspace}`);

/** An order of each; who was held then, of those who entered then. */
async function order(own: Shop, journey: JourneyId, all: readonly MemberId[]): Promise<Set<MemberId>> {
  const before = await peek<{ id: string }>(sql`SELECT id FROM run WHERE journey_id = ${journey}`);
  await accept(
    own,
    all.map((member) => ({ member, event: event("order_paid", { order_id: newId() }) })),
  );
  await dispatchAll();
  const entered = await peek<{ member: MemberId; isHeld: boolean }>(sql`
    SELECT member_id AS member, is_held AS "isHeld" FROM run WHERE journey_id = ${journey} AND id <> ALL(${before.map(({ id }) => id)}::uuid[])`);
  expect(entered.map(({ member }) => member).sort()).toEqual([...all].sort());
  return new Set(entered.filter(({ isHeld }) => isHeld).map(({ member }) => member));
}

const kept = (journey: JourneyId) =>
  peek<{ member: MemberId; held: boolean | null; share: number | null }>(sql`
    SELECT DISTINCT member_id AS member, holdout_held AS held, holdout_share AS share FROM entry WHERE journey_id = ${journey} ORDER BY member_id`);

describe.each([
  ["entered again at once", { reentry: { is: "always" } }],
  ["entered once for each order", { reentry: { is: "per_key", key: "order_id" } }],
])("a holdout of a journey that is %s", (_, settings) => {
  it("keeps whom it met in their arms, whatever becomes of the share; who is new follows the new one", async () => {
    const own = await shop();
    const { id } = await liveJourney(own, drawing(50, settings));
    const old = await members(own, 20);
    const held = await order(own, id, old);
    expect(held.size).toBeGreaterThan(3);
    expect(held.size).toBeLessThan(17);

    await republish(own, id, drawing(1, settings), 2);
    expect(await order(own, id, old)).toEqual(held);
    const young = await members(own, 20);
    const few = await order(own, id, young);
    expect(few.size).toBeLessThan(5);

    await republish(own, id, drawing(50, settings), 3);
    expect(await order(own, id, old)).toEqual(held);
    expect(await order(own, id, young)).toEqual(few);
    expect(await kept(id)).toEqual(
      [...old, ...young]
        .map((member) => ({
          member,
          held: held.has(member) || few.has(member),
          share: old.includes(member) ? 50 : 1,
        }))
        .sort((a, b) => (a.member < b.member ? -1 : 1)),
    );
    const tagged = await peek<{ member: MemberId }>(
      sql`SELECT member_id AS member FROM member_tag WHERE workspace_id = ${own.workspace} AND tag = 'got'`,
    );
    expect(tagged.filter(({ member }) => held.has(member) || few.has(member))).toEqual([]);
    // A copy is an experiment of its own.
    const copy = await call(duplicateJourney, own.actor(), { journey: id });
    if (!copy.ok) throw new Error("no copy");
    expect(await kept(copy.value.id as JourneyId)).toEqual([]);
  });
});

it("of no share keeps nobody out and gives nobody an arm; set again, it finds the arms that it gave", async () => {
  const own = await shop();
  const { id } = await liveJourney(own, drawing(50));
  const old = await members(own, 20);
  const held = await order(own, id, old);
  await republish(own, id, drawing(0), 2);
  const late = await members(own, 20);
  expect(await order(own, id, [...old, ...late])).toEqual(new Set());
  expect((await kept(id)).filter(({ held }) => held === null).length).toBe(20);
  await republish(own, id, drawing(50), 3);
  const again = await order(own, id, [...old, ...late]);
  expect(old.filter((member) => again.has(member))).toEqual(old.filter((member) => held.has(member)));
  expect(late.filter((member) => again.has(member)).length).toBeGreaterThan(3);
});

it("of the workspace has each member in one arm over all journeys, whatever becomes of its share", async () => {
  const own = await shop();
  await measureAll(own, { percent: 50, days: 90 });
  const a = await liveJourney(own, drawing(0));
  const old = await members(own, 20);
  const held = await order(own, a.id, old);
  expect(held.size).toBeGreaterThan(3);

  await measureAll(own, { percent: 1, days: 90 });
  // One who was met by one journey is known to every other, with a holdout of its own or without.
  const b = await liveJourney(own, drawing(0));
  const c = await liveJourney(own, drawing(50));
  const young = await members(own, 20);
  await order(own, b.id, [...old, ...young]);
  const of = async (journey: JourneyId) =>
    (
      await peek<{ member: MemberId; isHeld: boolean }>(sql`
        SELECT DISTINCT member_id AS member, is_held AS "isHeld" FROM run WHERE journey_id = ${journey} AND member_id = ANY(${old}::uuid[])`)
    ).filter(({ isHeld }) => isHeld);
  for (const { id } of [a, b]) expect(new Set((await of(id)).map(({ member }) => member))).toEqual(held);
  // Whom the workspace's keeps out has not met the journey's own.
  const own50 = await kept(c.id);
  expect(own50.filter(({ member }) => held.has(member)).every(({ held }) => held === null)).toBe(true);
  expect(
    own50.filter(({ member }) => old.includes(member) && !held.has(member)).every(({ held }) => held !== null),
  ).toBe(true);

  await measureAll(own, { percent: 50, days: 90 });
  const first = new Set((await of(a.id)).map(({ member }) => member));
  const again = await order(own, a.id, [...old, ...young]);
  expect(new Set(old.filter((member) => again.has(member)))).toEqual(first);
  expect(young.filter((member) => again.has(member)).length).toBeLessThan(5);
});

describe("two members who turn out to be one", () => {
  /** Two of one journey in different arms; who was met first is held or not. */
  async function pair(settings: Record<string, unknown>, isFirstHeld: boolean) {
    const own = await shop();
    const { id } = await liveJourney(own, drawing(50, settings));
    const all = await members(own, 20);
    const held = await order(own, id, all);
    const first = all.find((member) => held.has(member) === isFirstHeld);
    const later = all.find((member) => held.has(member) !== isFirstHeld);
    if (!first || !later) throw new Error("all in one arm");
    await peek(
      sql`UPDATE entry SET holdout_at = holdout_at - interval '1 day' WHERE journey_id = ${id} AND member_id = ${first}`,
    );
    return { own, id, first, later };
  }

  it.each([
    ["always", { reentry: { is: "always" } }, true],
    ["always", { reentry: { is: "always" } }, false],
    ["per key", { reentry: { is: "per_key", key: "order_id" } }, true],
    ["per key", { reentry: { is: "per_key", key: "order_id" } }, false],
  ])(
    "have the arm of whoever was met first, whichever of them survives (%s, %j, held %s)",
    async (_, settings, isFirstHeld) => {
      for (const isFirstGone of [true, false]) {
        const { own, id, first, later } = await pair(settings, isFirstHeld);
        const [from, into] = isFirstGone ? [first, later] : [later, first];
        await call(mergeMember, own.actor(), { member: from, into });
        await dispatchAll();
        expect((await kept(id)).filter(({ member }) => member === into)).toMatchObject([{ held: isFirstHeld }]);
        expect(await order(own, id, [into])).toEqual(new Set(isFirstHeld ? [into] : []));
      }
    },
  );

  it("have the workspace's too", async () => {
    const own = await shop();
    await measureAll(own, { percent: 50, days: 90 });
    const { id } = await liveJourney(own, drawing(0));
    const all = await members(own, 20);
    const held = await order(own, id, all);
    const first = all.find((member) => held.has(member));
    const later = all.find((member) => !held.has(member));
    if (!first || !later) throw new Error("all in one arm");
    await peek(sql`UPDATE member SET holdout_at = holdout_at - interval '1 day' WHERE id = ${first}`);
    await call(mergeMember, own.actor(), { member: first, into: later });
    await dispatchAll();
    expect(await order(own, id, [later])).toEqual(new Set([later]));
  });
});

it("gives a member who meets it twice at once one arm: the second finds the first's", async () => {
  const own = await shop();
  const [a, b] = [await liveJourney(own, drawing(0)), await liveJourney(own, drawing(0))];
  const all = await members(own, 20);
  let letGo = () => {};
  const waits = new Promise<void>((done) => {
    letGo = done;
  });
  const come = (journey: { id: JourneyId; plan: Plan }, percent: number, before?: () => Promise<void>) =>
    engine(async (tx) => {
      const now = new Date();
      const locked = await lockMembers(tx, own.workspace, all);
      const entrants = all.map((member) => ({
        member,
        key: "",
        event: {
          id: newId<EventId>(now.getTime()),
          name: "order_paid",
          properties: {},
          occurredAt: now.getTime(),
          acceptedAt: now.getTime(),
          isHistorical: false,
        },
      }));
      const at = { workspace: own.workspace, now, zone: "Asia/Shanghai" };
      const to = { ...journey, shards: 1, holdout: { percent, days: 30 } };
      const runs = await enter(tx, at, to, entrants, { locked, isBulk: true });
      await before?.();
      return runs.filter(({ state }) => state === "held").map(({ member }) => member);
    });
  let isIn = () => {};
  const entered = new Promise<void>((done) => {
    isIn = done;
  });
  const first = come(a, 50, () => {
    isIn();
    return waits;
  });
  await entered;
  const second = come(b, 1);
  letGo();
  expect((await first).length).toBeGreaterThan(3);
  expect((await second).sort()).toEqual((await first).sort());
});

it("is known of those of before, where runs tell it: the migration keeps it", async () => {
  const own = await shop();
  const { id } = await liveJourney(own, drawing(50));
  const all = await members(own, 20);
  await order(own, id, all.slice(10));
  await republish(own, id, drawing(0), 2);
  await order(own, id, all);
  await republish(own, id, drawing(20), 3);
  await order(own, id, all);
  const other = await shop();
  await measureAll(other, { percent: 50, days: 90 });
  const { id: plain } = await liveJourney(other, drawing(0));
  const held = await order(other, plain, await members(other, 20));

  const before = await kept(id);
  expect(before.filter(({ share }) => share === 20).length).toBe(10);
  await peek(sql`UPDATE entry SET holdout_held = NULL, holdout_share = NULL, holdout_at = NULL`);
  await peek(sql`UPDATE member SET holdout_held = NULL, holdout_share = NULL, holdout_at = NULL`);
  for (const statement of fillsOf("20261129234000_holdout_arms")) await peek(new Sql([statement], []));
  expect(await kept(id)).toEqual(before);
  const met = await peek<{ id: MemberId; held: boolean }>(sql`
    SELECT id, holdout_held AS held FROM member WHERE workspace_id = ${other.workspace} AND holdout_at IS NOT NULL ORDER BY id`);
  expect(met).toEqual([...held].sort().map((one) => ({ id: one, held: true })));
});

/** What a migration does to rows. */
const fillsOf = (migration: string): string[] =>
  readFileSync(`prisma/migrations/${migration}/migration.sql`, "utf8")
    .split(";\n")
    .filter((statement) => /^(WITH|UPDATE)/m.test(statement));
