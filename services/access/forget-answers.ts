import { engine, sql } from "@/platform/db";

/** The answers to idempotent calls are kept two days: longer than any client retries. */
const KEPT = "2 days";

/** Deletes up to `limit` answers past their time; returns how many. */
export async function forgetAnswers(limit: number): Promise<number> {
  return engine((tx) =>
    tx.run(sql`
    DELETE FROM idempotency WHERE (workspace_id, route, key) IN (
      SELECT workspace_id, route, key FROM idempotency WHERE at < clock_timestamp() - ${KEPT}::interval LIMIT ${limit})`),
  );
}
