import { engine, type Sql, sql } from "@/platform/db";

/** Message keys are kept 35 days: five longer than clients are promised that a retry is harmless. */
const KEPT = "35 days";

export const forgetting = (limit: number): Sql => sql`
  DELETE FROM event_key WHERE (workspace_id, message_id) IN (
    SELECT workspace_id, message_id FROM event_key WHERE accepted_at < clock_timestamp() - ${KEPT}::interval ORDER BY accepted_at LIMIT ${limit})`;

/** Deletes up to `limit` message keys past their time; returns how many. By event_key_accepted, which forgetting.db.test.ts holds. */
export const forgetKeys = (limit: number): Promise<number> => engine((tx) => tx.run(forgetting(limit)));
