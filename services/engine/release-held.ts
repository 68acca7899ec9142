import { engine, sql } from "@/platform/db";
import { isThrough } from "./claim";

/** So long a transaction may take to commit that accepted an event before the end of an observation. */
const GRACE = "1 minute";

/**
 * Ends held runs whose time of observation is over, at most `limit`, and returns how many. Whatever may still bring one to its goal comes first: its
 * member's events accepted until then, however long they wait to be acted on, and what the clock alone brought until then. By the index run_held.
 */
export async function releaseHeld(limit: number): Promise<number> {
  return engine(async (tx) => {
    const ended = await tx.rows(sql`
      WITH over AS (
        SELECT r.workspace_id, r.id FROM run r WHERE r.state = 'held' AND r.due_at <= (SELECT clock_timestamp() - ${GRACE}::interval)
          AND ${isThrough(sql`r.due_at`)} AND (r.look_at IS NULL OR r.look_at > r.due_at)
        ORDER BY r.due_at LIMIT ${limit} FOR NO KEY UPDATE OF r SKIP LOCKED),
      ended AS (
        UPDATE run SET state = 'done', due_at = NULL, ended_at = clock_timestamp() FROM over
        WHERE run.workspace_id = over.workspace_id AND run.id = over.id
        RETURNING run.workspace_id, run.journey_id, run.member_id, run.entry_key)
      UPDATE entry SET live = greatest(entry.live - e.count, 0)
      FROM (SELECT workspace_id, journey_id, member_id, entry_key, count(*)::int AS count FROM ended GROUP BY 1, 2, 3, 4) AS e
      WHERE entry.workspace_id = e.workspace_id AND entry.journey_id = e.journey_id AND entry.member_id = e.member_id AND entry.key = e.entry_key
      RETURNING entry.key`);
    return ended.length;
  });
}
