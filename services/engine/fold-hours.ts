import { engine, type Sql, sql } from "@/platform/db";

/** The screens ask for the last day at most, or for all time. */
const KEPT = "35 days";

export const folding = (limit: number): Sql => sql`
  WITH past AS (
    DELETE FROM traffic WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM traffic WHERE hour > '-infinity' AND hour < clock_timestamp() - ${KEPT}::interval ORDER BY hour LIMIT ${limit}))
    RETURNING workspace_id, journey_id, shard, step, port, count),
  folded AS (
    INSERT INTO traffic (workspace_id, journey_id, shard, hour, step, port, count)
    SELECT workspace_id, journey_id, shard, '-infinity', step, port, sum(count) FROM past GROUP BY 1, 2, 3, 5, 6 ORDER BY 1, 2, 3, 5, 6
    ON CONFLICT (workspace_id, journey_id, shard, hour, step, port) DO UPDATE SET count = traffic.count + EXCLUDED.count)
  SELECT count(*)::int AS count FROM past`;

/**
 * Adds up to `limit` hourly counts past their keeping to one row for all that was before, so that an old journey's counts are read from few rows;
 * returns how many. By traffic_hour, which forgetting.db.test.ts holds.
 */
export const foldHours = (limit: number): Promise<number> =>
  engine(async (tx) => (await tx.one<{ count: number }>(folding(limit)))?.count ?? 0);
