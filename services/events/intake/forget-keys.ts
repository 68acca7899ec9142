import { engine, sql } from "@/platform/db";

/** Message keys are kept 35 days: five longer than clients are promised that a retry is harmless. */
const KEPT = "35 days";

/** Deletes up to `limit` message keys past their time; returns how many. */
export async function forgetKeys(limit: number): Promise<number> {
  return engine((tx) =>
    tx.run(sql`
    DELETE FROM event_key WHERE (workspace_id, message_id) IN (
      SELECT workspace_id, message_id FROM event_key WHERE accepted_at < clock_timestamp() - ${KEPT}::interval LIMIT ${limit})`),
  );
}
