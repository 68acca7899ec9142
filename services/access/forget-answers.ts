import { engine, type Sql, sql } from "@/platform/db";

/** The answers to idempotent calls are kept two days: longer than any client retries. */
const KEPT = "2 days";

export const forgetting = (limit: number): Sql => sql`
  DELETE FROM idempotency WHERE (workspace_id, route, key) IN (
    SELECT workspace_id, route, key FROM idempotency WHERE at < clock_timestamp() - ${KEPT}::interval ORDER BY at LIMIT ${limit})`;

/** Deletes up to `limit` answers past their time; returns how many. By idempotency_at, which forgetting.db.test.ts holds. */
export const forgetAnswers = (limit: number): Promise<number> => engine((tx) => tx.run(forgetting(limit)));
