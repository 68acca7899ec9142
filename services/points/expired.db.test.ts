import { expect, it } from "vitest";
import type { MemberId } from "@/core/ids";
import { engine, json, peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { addPoints } from "@/services/points/add";
import { expiredLots, expirePoints } from "@/services/points/expire";
import { expireEverywhere } from "@/services/points/expire-everywhere";
import { spendPoints } from "@/services/points/spend";
import { createSegment } from "@/services/segments/segments";
import { segmentsTurn } from "@/services/segments/turn";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { value } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";

await database();
const ZONE = "Asia/Shanghai";
const LONG_AGO = new Date(Date.now() - 70 * 86_400_000);

/** A journey of a trigger, a step and a tag behind the step's port. */
const drawing = (trigger: object, step?: { kind: string; config: object; port: string }) => ({
  name: "points",
  entry: "t",
  nodes: [
    { id: "t", ...trigger },
    ...(step ? [{ id: "step", kind: step.kind, config: step.config }] : []),
    { id: "tag", kind: "tag", config: { tag: "x", action: "add" } },
  ],
  edges: step
    ? [
        { from: "t", port: "next", to: "step" },
        { from: "step", port: step.port, to: "tag" },
      ]
    : [{ from: "t", port: "next", to: "tag" }],
  settings: {},
});

async function withOldPoints(own: Shop): Promise<MemberId> {
  const [member] = (await members(own, 1)) as [MemberId];
  await peek(
    sql`UPDATE workspace SET settings = ${json({ loyalty: { points: { expiry: "rolling", months: 1 } } })}::jsonb WHERE id = ${own.workspace}`,
  );
  await engine((tx) => addPoints(tx, own.workspace, [{ member, points: 50, reason: "x" }], LONG_AGO, ZONE));
  return member;
}

it("are written off everywhere, though the ledger of one workspace cannot be", async () => {
  const [broken, sound] = [await shop(), await shop()];
  for (const own of [broken, sound]) await withOldPoints(own);
  await peek(sql`UPDATE workspace SET time_zone = 'No/Where' WHERE id = ${broken.workspace}`);
  try {
    expect(await expireEverywhere(new Date())).toBe(1);
    expect(
      await peek(sql`SELECT workspace_id AS workspace, balance FROM points_account ORDER BY workspace_id`),
    ).toEqual([
      { workspace: broken.workspace, balance: 50 },
      { workspace: sound.workspace, balance: 0 },
    ]);
  } finally {
    await peek(sql`UPDATE workspace SET time_zone = ${ZONE} WHERE id = ${broken.workspace}`);
  }
});

it("moves segments, waits and triggers when points are written off", async () => {
  const own = await shop();
  const rule = { field: "member.points", is: "gte", value: 10 };
  const { id: segment } = value(await call(createSegment, own.actor(), { name: "Rich", rule }));
  const member = await withOldPoints(own);
  while ((await segmentsTurn(own.workspace)) === "moved");
  const left = await liveJourney(
    own,
    drawing({ kind: "on-segment", config: { segment, change: "left", when: { all: [] } } }),
  );
  const told = await liveJourney(
    own,
    drawing({
      kind: "on-event",
      config: { event: "points_expired", when: { field: "event.points", is: "eq", value: 50 } },
    }),
  );
  const waits = await liveJourney(
    own,
    drawing(
      { kind: "on-event", config: { event: "store_visit", when: { all: [] } } },
      {
        kind: "wait-until",
        config: { when: { field: "member.points", is: "lt", value: 5 }, within: "P300D" },
        port: "holds",
      },
    ),
  );
  await accept(own, [{ member, event: event("store_visit") }]);
  await dispatchAll();
  await conductAll(waits.shard);
  expect((await runsOf(waits.id)).map(({ state }) => state)).toEqual(["parked"]);

  await engine((tx) => expirePoints(tx, own.workspace, new Date(), ZONE));
  await dispatchAll();
  for (const { shard } of [left, told, waits]) await conductAll(shard);

  expect(await peek(sql`SELECT is_in FROM segment_member WHERE workspace_id = ${own.workspace}`)).toEqual([
    { is_in: false },
  ]);
  for (const { id } of [left, told, waits]) expect((await runsOf(id)).map(({ state }) => state)).toEqual(["done"]);
});

it("are found by their last day among what still holds points, however much was written off before", async () => {
  const own = await shop();
  const plan = await engine(async (tx) => {
    // The table is small here: what is left of the planner's choice is whether an index can answer without sorting.
    await tx.run(sql`SET LOCAL enable_seqscan = off`);
    await tx.run(sql`SET LOCAL enable_sort = off`);
    return tx.rows<{ "QUERY PLAN": string }>(sql`EXPLAIN ${expiredLots(own.workspace, "2026-01-01", 500)}`);
  });
  const lines = plan.map((line) => line["QUERY PLAN"]).join("\n");
  expect(lines).toContain("points_lot_expiry");
  expect(lines).not.toMatch(/Sort|Filter/);
});

it("tells what expired when earning or spending finds it first, once", async () => {
  const own = await shop();
  const [earning, spending] = [await withOldPoints(own), await withOldPoints(own)];
  await liveJourney(own, drawing({ kind: "on-event", config: { event: "points_expired", when: { all: [] } } }));
  await engine((tx) => addPoints(tx, own.workspace, [{ member: earning, points: 7, reason: "x" }], new Date(), ZONE));
  await engine((tx) =>
    spendPoints(tx, own.workspace, [{ member: spending, points: 7, reason: "x" }], new Date(), ZONE),
  );
  await engine((tx) => expirePoints(tx, own.workspace, new Date(), ZONE));
  const rows = await peek<{ member: string; points: number; balance: number }>(sql`
    SELECT member_id AS member, (event -> 'properties' ->> 'points')::int AS points, (event -> 'properties' ->> 'balance')::int AS balance
    FROM inbox WHERE workspace_id = ${own.workspace}`);
  expect(rows.toSorted((a, b) => (a.member < b.member ? -1 : 1))).toEqual(
    [earning, spending].toSorted().map((member) => ({ member, points: 50, balance: 0 })),
  );
});
