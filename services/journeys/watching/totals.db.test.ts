import { describe, expect, it } from "vitest";
import type { JourneyId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { liveJourney, members } from "@/tests/harness/journey";
import { line } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { call } from "../../access/use-case";
import { releaseHeld } from "../../engine/release-held";
import { journeyCounts } from "./counts";

await database();

const MINUTE = 60_000;
const WINDOWS = ["hour", "day", "all"] as const;
const wait = { event: "store_visit", when: { all: [] }, within: "P7D" };

/** A run of every state, held back or not, with a goal or without, at instants around the borders of what is counted once. */
async function furnished(own: Shop, now: Date): Promise<JourneyId> {
  const { id } = await liveJourney(own, line([[{ id: "w", kind: "wait-for", config: wait }, "happened"]]));
  const [member] = await members(own, 1);
  await engine((tx) =>
    tx.run(sql`
      INSERT INTO run (workspace_id, id, journey_id, member_id, plan_id, entry_key, step, state, is_held, entered_at, ended_at, goal_at, goal_value, due_at)
      SELECT ${own.workspace}, gen_random_uuid(), ${id}, ${member}, p.id, row_number() OVER (), s.step, s.state, s.held, ${now}::timestamptz - a.ago - interval '1 second',
        CASE WHEN s.ended THEN ${now}::timestamptz - a.ago END, CASE WHEN s.goal THEN ${now}::timestamptz - a.ago END,
        CASE WHEN s.goal AND s.state <> 'parked' THEN 100 + extract(day FROM a.ago)::int END, CASE WHEN s.state = 'held' THEN ${now}::timestamptz - interval '1 hour' END
      FROM plan p, (VALUES ('w.start', 'ready', false, false, false), ('w.start', 'parked', false, false, false), ('w.start', 'parked', false, false, true),
          ('w.end', 'failed', false, true, false), ('w.end', 'done', false, true, false), ('w.end', 'done', false, true, true), ('w.end', 'goal', false, true, true),
          ('w.start', 'exited', false, true, false), ('w.start', 'held', true, false, false), ('w.start', 'held', true, false, true), ('w.start', 'done', true, true, false),
          ('w.start', 'goal', true, true, true)) AS s(step, state, held, ended, goal),
        unnest(${["0 minutes", "1 minute", "119 seconds", "2 minutes", "3 minutes", "50 minutes", "5 hours", "40 days"]}::interval[]) AS a(ago)
      WHERE p.journey_id = ${id}`),
  );
  return id as JourneyId;
}

async function told(own: Shop, journey: JourneyId, window: (typeof WINDOWS)[number], now: Date) {
  const said = await call(journeyCounts, own.actor(), { journey, window }, { now });
  if (!said.ok) throw new Error(said.detail);
  return said.value;
}

/** Run by run. */
async function counted(journey: JourneyId, since: Date | null) {
  const from = sql`${since ?? "-infinity"}::timestamptz`;
  const [total] = await peek<Record<string, number>>(sql`
    SELECT count(*) FILTER (WHERE NOT is_held AND entered_at >= ${from})::int AS entered, count(*) FILTER (WHERE state IN ('ready', 'parked'))::int AS waiting,
      count(goal_at) FILTER (WHERE NOT is_held AND goal_at >= ${from})::int AS goal,
      coalesce(sum(goal_value) FILTER (WHERE NOT is_held AND goal_at >= ${from}), 0)::int AS worth,
      count(*) FILTER (WHERE state = 'done' AND NOT is_held AND ended_at >= ${from})::int AS done,
      count(*) FILTER (WHERE state = 'exited' AND NOT is_held AND ended_at >= ${from})::int AS exited,
      count(*) FILTER (WHERE state = 'failed')::int AS failed,
      count(*) FILTER (WHERE is_held AND entered_at >= ${from})::int AS held,
      count(goal_at) FILTER (WHERE is_held AND goal_at >= ${from})::int AS "heldGoal"
    FROM run WHERE journey_id = ${journey}`);
  return total;
}

describe("a journey's totals", () => {
  it("are what its runs are, one by one, at every look while they end, fail, go on, come to their goal and enter", async () => {
    const own = await shop();
    let now = new Date();
    const journey = await furnished(own, now);
    const agree = async () => {
      for (const window of WINDOWS) {
        const said = await told(own, journey, window, now);
        expect({ window, ...said.total }).toEqual({ window, ...(await counted(journey, said.since)) });
      }
    };
    /** Changes some runs, `ago` before they are looked at. */
    const change = (set: ReturnType<typeof sql>, which: ReturnType<typeof sql>) =>
      peek(
        sql`UPDATE run SET ${set} WHERE id IN (SELECT id FROM run WHERE journey_id = ${journey} AND ${which} ORDER BY id LIMIT 2)`,
      );
    await agree();
    for (const minutes of [1, 1, 3, 10, 70]) {
      now = new Date(now.getTime() + minutes * MINUTE);
      const at = new Date(now.getTime() - 50_000);
      await change(sql`state = 'done', ended_at = ${at}`, sql`state = 'parked'`);
      await change(sql`state = 'parked', ended_at = NULL`, sql`state = 'failed'`);
      await change(sql`state = 'failed', ended_at = ${at}`, sql`state = 'ready'`);
      await change(
        sql`state = 'goal', goal_at = ${at}, goal_value = 7, ended_at = ${at}`,
        sql`state IN ('ready', 'parked') AND goal_at IS NULL`,
      );
      await change(sql`goal_at = ${at}`, sql`state = 'held' AND goal_at IS NULL`);
      await change(sql`state = 'exited', ended_at = ${at}`, sql`state = 'parked' AND goal_at IS NULL`);
      await peek(sql`
        INSERT INTO run (workspace_id, id, journey_id, member_id, plan_id, entry_key, step, state, entered_at)
        SELECT workspace_id, gen_random_uuid(), journey_id, member_id, plan_id, gen_random_uuid(), 'w.start', 'ready', ${at} FROM run WHERE journey_id = ${journey} LIMIT 3`);
      await agree();
    }
    await releaseHeld(100);
    await agree();
  });

  it("stand by step as the runs do, without those that are only held", async () => {
    const own = await shop();
    const now = new Date();
    const { nodes } = await told(own, await furnished(own, now), "all", now);
    expect(nodes.w).toMatchObject({ waiting: 24, failed: 8 });
  });
});
