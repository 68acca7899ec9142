import { engine, type Sql, sql } from "@/platform/db";

/** The screens ask for the last day at most; all time has a row of its own. */
const KEPT = "35 days";

export const forgetting = (limit: number): Sql => sql`
  DELETE FROM message_traffic WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM message_traffic WHERE hour > '-infinity' AND hour < clock_timestamp() - ${KEPT}::interval ORDER BY hour LIMIT ${limit}))`;

/** Deletes up to `limit` hourly counts of messages past their time; returns how many. By message_traffic_hour, which forgetting.db.test.ts holds. */
export const forgetHours = (limit: number): Promise<number> => engine((tx) => tx.run(forgetting(limit)));
