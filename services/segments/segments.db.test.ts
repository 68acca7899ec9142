import { expect, it } from "vitest";
import type { MemberId, WorkspaceId } from "@/core/ids";
import type { Rule } from "@/core/rules/rule";
import { engine, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { addPoints } from "@/services/points/add";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { value } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { tagMembers } from "../members/tag";
import { mergeMembers } from "../merging/merge";
import { segmentMembers } from "./members";
import { removeSegment } from "./remove";
import { createSegment, listSegments, updateSegment } from "./segments";
import { hasSegmentWork, nextSegmentChange, segmentsTurn } from "./turn";

await database();

const SPENDERS: Rule = { field: "member.spent", is: "gte", value: 10_000 };
const AWAY: Rule = { field: "member.last_order_at", is: "not_within_days", value: 30 };

async function segment(own: Shop, rule: Rule, name = "A segment"): Promise<string> {
  const made = await call(createSegment, own.actor(), { name, rule });
  if (!made.ok) throw new Error(made.detail);
  await keepAll(own);
  return made.value.id;
}
const keepAll = async ({ workspace }: Shop, limit?: number) => {
  while ((await segmentsTurn(workspace, limit)) === "moved");
};
const inside = async (own: Shop, id: string): Promise<MemberId[]> => {
  const found = await call(segmentMembers, own.actor(), { segment: id, limit: "200" });
  if (!found.ok) throw new Error(found.detail);
  return found.value.items.map((item) => item.id as MemberId);
};
const onSegment = (of: string, change: "entered" | "left") => ({
  name: `${change}`,
  entry: "t",
  nodes: [
    { id: "t", kind: "on-segment", config: { segment: of, change, when: { all: [] } } },
    { id: "tag", kind: "tag", config: { tag: change, action: "add" } },
  ],
  edges: [{ from: "t", port: "next", to: "tag" }],
  settings: { reentry: { is: "always" } },
});
const order = (member: MemberId, amount: number, occurredAt?: number) => ({
  member,
  event: event("order_paid", { amount }, occurredAt === undefined ? {} : { occurredAt }),
});
const pair = async (own: Shop): Promise<[MemberId, MemberId]> => {
  const [a, b] = await members(own, 2);
  if (!a || !b) throw new Error("no members");
  return [a, b];
};
const rowsOf = (workspace: WorkspaceId) =>
  peek<{ n: number }>(sql`SELECT count(*)::int AS n FROM segment_member WHERE workspace_id = ${workspace}`);

it("is built of those whom its rule holds, page by page, and a page done stays done", async () => {
  const own = await shop();
  const all = await members(own, 25);
  await engine((tx) =>
    tx.run(
      sql`UPDATE member SET spent = 10000 WHERE workspace_id = ${own.workspace} AND id = ANY(${all.slice(0, 10)}::uuid[])`,
    ),
  );
  const made = await call(createSegment, own.actor(), { name: "Spenders", rule: SPENDERS });
  if (!made.ok) throw new Error(made.detail);
  await segmentsTurn(own.workspace, 5);
  expect(await inside(own, made.value.id)).toHaveLength(5);
  expect(await peek(sql`SELECT state, position FROM segment WHERE id = ${made.value.id}`)).toEqual([
    { state: "building", position: all.toSorted()[4] },
  ]);
  await keepAll(own, 5);
  expect((await inside(own, made.value.id)).sort()).toEqual(all.slice(0, 10).sort());
  expect(await peek(sql`SELECT state FROM segment WHERE id = ${made.value.id}`)).toEqual([{ state: "live" }]);
  expect(await engine((tx) => hasSegmentWork(tx, own.workspace))).toBe(false);
});

it("takes a member in and out by their events, and journeys hear of both once", async () => {
  const own = await shop();
  const id = await segment(own, SPENDERS);
  const [entered, left] = [
    await liveJourney(own, onSegment(id, "entered")),
    await liveJourney(own, onSegment(id, "left")),
  ];
  const [a, b] = await pair(own);
  await accept(own, [order(a, 6_000), order(a, 6_000), order(b, 9_999)]);
  await dispatchAll();
  expect(await inside(own, id)).toEqual([a]);
  expect((await runsOf(entered.id)).map(({ member }) => member)).toEqual([a]);
  await accept(own, [order(a, 1)]);
  await dispatchAll();
  expect(await runsOf(entered.id)).toHaveLength(1);
  await accept(own, [{ member: a, event: event("order_refunded", { amount: 5_000 }) }]);
  await dispatchAll();
  expect(await inside(own, id)).toEqual([]);
  expect((await runsOf(left.id)).map(({ member }) => member)).toEqual([a]);
});

it("tells a journey of its own segment only", async () => {
  const own = await shop();
  const id = await segment(own, SPENDERS);
  const other = await segment(own, { field: "member.orders", is: "gte", value: 1 }, "Buyers");
  const journey = await liveJourney(own, onSegment(other, "entered"));
  const [a] = await pair(own);
  await engine((tx) => tx.run(sql`UPDATE member SET orders = 5 WHERE workspace_id = ${own.workspace} AND id = ${a}`));
  await keepAll(own);
  await accept(own, [order(a, 20_000)]);
  await dispatchAll();
  expect(await inside(own, id)).toEqual([a]);
  expect(await runsOf(journey.id)).toHaveLength(1);
});

it("lets a member in by the clock alone when their days are over, and writes nothing for those who come again before", async () => {
  const own = await shop();
  const id = await segment(own, AWAY);
  const journey = await liveJourney(own, onSegment(id, "entered"));
  const [a, b] = await pair(own);
  const before = Date.now() - 20 * 86_400_000;
  // Events this old start nothing, and count.
  await accept(own, [order(a, 100, before), order(b, 100, before)]);
  await dispatchAll();
  expect(await inside(own, id)).toEqual([]);
  const due = () =>
    peek<{ member: MemberId; at: Date }>(
      sql`SELECT member_id AS member, next_at AS at FROM segment_member WHERE segment_id = ${id} ORDER BY member_id`,
    );
  const known = await due();
  await accept(own, [order(b, 100)]);
  await dispatchAll();
  expect(await due()).toEqual(known);
  // The clock comes to both: one has stayed away, the other's instant moves on.
  await peek(sql`UPDATE segment_member SET next_at = now() - interval '1 second' WHERE segment_id = ${id}`);
  await peek(
    sql`UPDATE member SET last_order_at = now() - interval '31 days' WHERE workspace_id = ${own.workspace} AND id = ${a}`,
  );
  await keepAll(own);
  expect(await inside(own, id)).toEqual([a]);
  expect((await due()).find(({ member }) => member === b)?.at.getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000);
  await dispatchAll();
  await conductAll(journey.shard);
  expect((await runsOf(journey.id)).map(({ member }) => member)).toEqual([a]);
  const [next] = await peek<{ next_at: Date }>(nextSegmentChange(own.workspace));
  expect(next?.next_at.getTime()).toBeGreaterThan(Date.now());
});

it("follows tags and points, which change without a sender's event", async () => {
  const own = await shop();
  const tagged = await segment(own, { field: "member.tags", is: "contains", value: ["vip"] }, "Tagged");
  const rich = await segment(own, { field: "member.points", is: "gte", value: 100 }, "Rich");
  const [a, b] = await pair(own);
  await engine(async (tx) => {
    await tagMembers(tx, own.workspace, [{ member: a, tag: "vip", source: "test" }], new Date());
    await addPoints(tx, own.workspace, [{ member: b, points: 100, reason: "test" }], new Date(), "Asia/Shanghai");
  });
  await dispatchAll();
  expect(await inside(own, tagged)).toEqual([a]);
  expect(await inside(own, rich)).toEqual([b]);
});

it("counts what a member did in a window, the judged event too", async () => {
  const own = await shop();
  const id = await segment(own, { did: "visit", measure: "count", is: "gte", value: 2, days: 30 });
  const [a, b] = await pair(own);
  await accept(own, [
    { member: a, event: event("check_in") },
    { member: a, event: event("store_visit") },
    { member: b, event: event("check_in") },
  ]);
  await dispatchAll();
  expect(await inside(own, id)).toEqual([a]);
});

it("is built anew when its rule is edited, without a word unless asked", async () => {
  const own = await shop();
  const id = await segment(own, SPENDERS);
  const [entered, left] = [
    await liveJourney(own, onSegment(id, "entered")),
    await liveJourney(own, onSegment(id, "left")),
  ];
  const [a, b] = await pair(own);
  await accept(own, [order(a, 20_000), order(b, 500)]);
  await dispatchAll();
  expect(await runsOf(entered.id)).toHaveLength(1);
  const edit = async (rule: Rule, tells: boolean) => {
    expect(await call(updateSegment, own.actor(), { segment: id, rule, tells })).toMatchObject({ ok: true });
    await keepAll(own);
    await dispatchAll();
  };
  await edit({ field: "member.spent", is: "between", value: [1, 1_000] }, false);
  expect(await inside(own, id)).toEqual([b]);
  expect([(await runsOf(entered.id)).length, (await runsOf(left.id)).length]).toEqual([1, 0]);
  await edit(SPENDERS, true);
  expect(await inside(own, id)).toEqual([a]);
  expect([(await runsOf(entered.id)).length, (await runsOf(left.id)).length]).toEqual([2, 1]);
});

it("says nothing of members whom the builder has not come to, though their events come first", async () => {
  const own = await shop();
  const [a] = await pair(own);
  await engine((tx) =>
    tx.run(sql`UPDATE member SET spent = 50000 WHERE workspace_id = ${own.workspace} AND id = ${a}`),
  );
  const made = await call(createSegment, own.actor(), { name: "Spenders", rule: SPENDERS });
  if (!made.ok) throw new Error(made.detail);
  const journey = await liveJourney(own, onSegment(made.value.id, "entered"));
  await accept(own, [order(a, 100)]);
  await dispatchAll();
  await keepAll(own);
  await dispatchAll();
  expect(await inside(own, made.value.id)).toEqual([a]);
  expect(await runsOf(journey.id)).toEqual([]);
});

it("has the survivor of a merge, and not the merged one", async () => {
  const own = await shop();
  const id = await segment(own, SPENDERS);
  const [a, b] = await pair(own);
  await accept(own, [order(a, 20_000), order(b, 1)]);
  await dispatchAll();
  const actor = { as: "system", workspace: own.workspace, name: "test" } as const;
  await engine((tx) => mergeMembers(tx, actor, { from: a, into: b }, new Date(), newId()));
  await keepAll(own);
  expect(await inside(own, id)).toEqual([b]);
});

it("is taken away with its rows, unless a live journey uses it", async () => {
  const own = await shop();
  const id = await segment(own, SPENDERS);
  const [a] = await pair(own);
  await accept(own, [order(a, 20_000)]);
  await dispatchAll();
  const journey = await liveJourney(own, onSegment(id, "entered"));
  expect(await call(removeSegment, own.actor(), { segment: id })).toMatchObject({ ok: false, reason: "conflict" });
  await peek(sql`UPDATE journey SET state = 'archived' WHERE id = ${journey.id}`);
  expect(await call(removeSegment, own.actor(), { segment: id })).toMatchObject({ ok: true });
  expect(await call(segmentMembers, own.actor(), { segment: id })).toMatchObject({ ok: false, reason: "not_found" });
  await keepAll(own);
  expect(await rowsOf(own.workspace)).toEqual([{ n: 0 }]);
  expect(await peek(sql`SELECT 1 FROM segment WHERE id = ${id}`)).toEqual([]);
});

it("lets who holds a member of the page write that member's place while it is built", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  const made = await call(createSegment, own.actor(), { name: "Spenders", rule: SPENDERS });
  if (!made.ok) throw new Error(made.detail);
  const [isHeld, held] = latch();
  const [isWaitedFor, go] = latch();
  const writing = engine(async (tx) => {
    await tx.run(sql`SET LOCAL lock_timeout = '300ms'`);
    await tx.run(sql`SELECT FROM member WHERE workspace_id = ${own.workspace} AND id = ${member} FOR UPDATE`);
    held();
    await isWaitedFor;
    await tx.run(sql`
      INSERT INTO segment_member (workspace_id, segment_id, member_id, is_in, changed_at) VALUES (${own.workspace}, ${made.value.id}, ${member}, false, now())`);
  });
  await isHeld;
  const building = segmentsTurn(own.workspace);
  await until(async () => (await peek(sql`SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'`)).length > 0, {
    what: "the builder waits for the member",
  });
  go();
  await writing;
  expect(await building).toBe("moved");
});

it("is listed by its id, however many others there are", async () => {
  const own = await shop();
  const { id } = value(await call(createSegment, own.actor(), { name: "First", rule: SPENDERS }));
  value(await call(createSegment, own.actor(), { name: "Second", rule: SPENDERS }));
  const { items } = value(await call(listSegments, own.actor(), { ids: `${id},${own.workspace}`, limit: "1" }));
  expect(items.map(({ name }) => name)).toEqual(["First"]);
  expect(await call(listSegments, own.actor(), { ids: "first" })).toMatchObject({
    reason: "invalid",
    path: ["ids", 0],
  });
});

function latch(): [Promise<void>, () => void] {
  let open = () => {};
  return [new Promise<void>((resolve) => (open = resolve)), () => open()];
}
