import { engine, sql } from "@/platform/db";

/** Closes open tasks that their runs have left behind, a bounded share at a time. Returns how many. */
export const cancelLeft = (now: Date, limit = 1000): Promise<number> =>
  engine((tx) =>
    tx.run(sql`
    UPDATE task SET state = 'cancelled', closed_at = ${now}
    WHERE (workspace_id, id) IN (
      SELECT t.workspace_id, t.id FROM task t JOIN run r ON r.workspace_id = t.workspace_id AND r.id = t.run_id
      WHERE t.state = 'open' AND r.state NOT IN ('ready', 'parked') LIMIT ${limit})`),
  );
