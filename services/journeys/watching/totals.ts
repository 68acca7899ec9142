import type { JourneyId, StepId, WorkspaceId } from "@/core/ids";
import { Counted } from "@/platform/counted";
import { type Sql, sql, type Tx } from "@/platform/db";
import { Settled } from "./settled";

/** Of the runs that are not live any more, or that reached the goal; `worth`: of their goals, minor units; `held`: whom a holdout keeps out, in none of the others. */
type Sums = {
  entered: number;
  goal: number;
  worth: number;
  done: number;
  exited: number;
  held: number;
  heldGoal: number;
};
const sums = new Settled<Sums>();

/**
 * What came to a journey's runs since an instant (null: ever), by the indexes run_list, run_ended, run_goal, run_worth and run_kept_out alone. A run that is
 * done or has exited stays so, and neither its goal nor its entry ever move: what is some minutes past is counted once.
 */
export const totals = (
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  { since, now }: { since: Date | null; now: Date },
): Promise<Sums> =>
  sums.of(workspace, journey, { from: since, now }, async (from, until) => {
    const within = (at: Sql) =>
      sql`r.workspace_id = ${workspace} AND r.journey_id = ${journey} AND ${at} >= ${from ?? "-infinity"}::timestamptz AND ${at} < ${until ?? "infinity"}::timestamptz`;
    const row = await tx.one<Sums>(sql`
      SELECT entered.count - held.count AS entered, goal.goal, worth.sum AS worth, ended.done, ended.exited, held.count AS held, goal.held AS "heldGoal"
      FROM (SELECT count(*) AS count FROM run r WHERE ${within(sql`r.entered_at`)}) AS entered,
        (SELECT count(*) AS count FROM run r WHERE r.is_held AND ${within(sql`r.entered_at`)}) AS held,
        (SELECT count(*) FILTER (WHERE NOT r.is_held) AS goal, count(*) FILTER (WHERE r.is_held) AS held FROM run r WHERE ${within(sql`r.goal_at`)}) AS goal,
        (SELECT coalesce(sum(r.goal_value), 0)::bigint AS sum FROM run r WHERE r.goal_value IS NOT NULL AND NOT r.is_held AND ${within(sql`r.goal_at`)}) AS worth,
        (SELECT count(*) FILTER (WHERE r.state = 'done') AS done, count(*) FILTER (WHERE r.state = 'exited') AS exited FROM run r
          WHERE NOT r.is_held AND ${within(sql`r.ended_at`)}) AS ended`);
    return row ?? { entered: 0, goal: 0, worth: 0, done: 0, exited: 0, held: 0, heldGoal: 0 };
  });

export type Standing = { step: StepId; waiting: number; failed: number };
const MOST_MS = 1_500;
const standing = new Counted<Standing[]>(0, { mostMs: MOST_MS });

/** Who waits and who failed, by step; `standsMs`: so long that stands, where very many stand there. */
export const standingOf = (tx: Tx, workspace: WorkspaceId, journey: JourneyId) =>
  standing.of(workspace, journey, () => counted(tx, workspace, journey));

/** Over run_step alone: whoever failed or is only held, few of all, are found by run_failed and run_kept_out, and taken off. */
const counted = (tx: Tx, workspace: WorkspaceId, journey: JourneyId): Promise<Standing[]> => {
  const own = sql`r.workspace_id = ${workspace} AND r.journey_id = ${journey}`;
  return tx.rows<Standing>(sql`
    WITH every AS (
      SELECT r.step, count(*) AS count FROM run r WHERE ${own} AND r.state IN ('ready', 'parked', 'failed', 'held') GROUP BY r.step),
    failed AS (SELECT r.step, count(*) AS count FROM run r WHERE ${own} AND r.state = 'failed' GROUP BY r.step),
    held AS (SELECT r.step, count(*) AS count FROM run r WHERE ${own} AND r.is_held AND r.state = 'held' GROUP BY r.step)
    SELECT step, every.count - coalesce(failed.count, 0) - coalesce(held.count, 0) AS waiting, coalesce(failed.count, 0) AS failed
    FROM every LEFT JOIN failed USING (step) LEFT JOIN held USING (step)`);
};
