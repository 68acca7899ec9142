import { engine, sql } from "@/platform/db";
import { STANDS_AT_IT } from "./waited-for";

/**
 * Closes open tasks whose runs are somewhere else by now, a bounded share at a time: what moves runs closes their tasks itself, and what was left is found
 * here. A run that failed where it was asked may be retried, and keeps its task. Returns how many.
 */
export const cancelLeft = (now: Date, limit = 1000): Promise<number> =>
  engine((tx) =>
    tx.run(sql`
    UPDATE task SET state = 'cancelled', closed_at = left_behind.at
    FROM (
      SELECT t.workspace_id, t.id, coalesce(r.ended_at, ${now}::timestamptz) AS at
      FROM task t JOIN run r ON r.workspace_id = t.workspace_id AND r.id = t.run_id
      WHERE t.state = 'open' AND r.state <> 'failed' AND NOT (r.state IN ('ready', 'parked') AND ${STANDS_AT_IT}) LIMIT ${limit}) AS left_behind
    WHERE task.workspace_id = left_behind.workspace_id AND task.id = left_behind.id`),
  );
