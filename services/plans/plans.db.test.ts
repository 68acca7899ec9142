import { expect, it } from "vitest";
import type { WorkspaceId } from "@/core/ids";
import { engine, peek, sql, write } from "@/platform/db";
import { database, meanwhile } from "@/tests/harness/database";
import { liveJourney, republish } from "@/tests/harness/journey";
import { line, tagged } from "@/tests/harness/line";
import { shop } from "@/tests/harness/shop";
import { liveJourneys, livePlace } from "./plans";

await database();

const drawing = (tag: string) => line([tagged("tag", tag)]);
const live = (workspace: WorkspaceId) =>
  engine(async (tx) =>
    (await liveJourneys(tx, workspace)).map(({ id, state, plan, shards, mappings }) => ({
      id,
      state,
      plan: plan.id,
      shards,
      mappings,
    })),
  );

it("reads the live journeys anew after each change of one of them, whoever makes it, and of no other workspace's", async () => {
  const [own, other] = [await shop(), await shop()];
  expect(await live(own.workspace)).toEqual([]);
  const { id, plan } = await liveJourney(own, drawing("first"));
  const first = { id, state: "live", plan: plan.id, shards: 1, mappings: 0 };
  expect(await live(own.workspace)).toEqual([first]);
  const second = await republish(own, id, drawing("second"), 2);
  expect(await live(own.workspace)).toEqual([{ ...first, plan: second.id }]);
  for (const [change, seen] of [
    [sql`state = 'paused'`, { state: "paused" }],
    [sql`state = 'live', shards = 2`, { shards: 2 }],
    [sql`mappings = 3`, { shards: 2, mappings: 3 }],
  ] as const) {
    await peek(sql`UPDATE journey SET ${change} WHERE id = ${id}`);
    expect(await live(own.workspace)).toEqual([{ ...first, plan: second.id, ...seen }]);
  }
  expect(await live(other.workspace)).toEqual([]);
  await peek(sql`UPDATE journey SET state = 'stopped' WHERE id = ${id}`);
  expect(await live(own.workspace)).toEqual([]);
});

it("keeps to what others have committed, and to what this transaction has done itself", async () => {
  const own = await shop();
  const { id } = await liveJourney(own, drawing("first"));
  await live(own.workspace);
  await expect(
    engine(async (tx) => {
      await tx.run(sql`UPDATE journey SET state = 'paused' WHERE id = ${id}`);
      expect(await meanwhile(() => live(own.workspace))).toMatchObject([{ state: "live" }]);
      expect(await liveJourneys(tx, own.workspace)).toMatchObject([{ state: "paused" }]);
      throw new Error("rolled back");
    }),
  ).rejects.toThrow("rolled back");
  expect(await live(own.workspace)).toMatchObject([{ state: "live" }]);
});

it("asks for the rows once, and then for the stamp only; a draft and a zone leave it, a holdout is heeded at once", async () => {
  const own = await shop();
  const { id } = await liveJourney(own, drawing("first"));
  const read = () =>
    engine(async (tx) => {
      const before = await rowsRead(tx);
      const place = await livePlace(tx, own.workspace);
      return { ...place, rows: (await rowsRead(tx)) - before };
    });
  const rowsRead = async (tx: Parameters<typeof livePlace>[0]) =>
    (
      await tx.one<{ rows: number }>(
        sql`SELECT (seq_tup_read + idx_tup_fetch)::int AS rows FROM pg_stat_xact_user_tables WHERE relname = 'journey'`,
      )
    )?.rows ?? 0;
  expect((await read()).rows).toBe(1);
  await peek(sql`UPDATE journey SET name = 'Other', revision = revision + 1 WHERE id = ${id}`);
  await peek(sql`UPDATE workspace SET time_zone = 'Asia/Tokyo' WHERE id = ${own.workspace}`);
  expect(await read()).toMatchObject({ zone: "Asia/Tokyo", rows: 0, journeys: [{ id, holdout: null }] });
  const holdout = { share: 10 };
  await peek(
    sql`UPDATE workspace SET settings = settings || ${JSON.stringify({ holdout })}::jsonb WHERE id = ${own.workspace}`,
  );
  expect(await read()).toMatchObject({ rows: 1, journeys: [{ id, holdout }] });
});

it("stamps a journey's change for who may not change the workspace", async () => {
  const own = await shop();
  const { id } = await liveJourney(own, drawing("first"));
  await write(own.workspace, (tx) => tx.run(sql`UPDATE journey SET state = 'paused' WHERE id = ${id}`));
  expect(await live(own.workspace)).toMatchObject([{ state: "paused" }]);
});
