import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { firstIdOf } from "../workspaces/first-id";

export const Day = z.object({
  day: z.string(),
  events: z.int(),
  issued: z.int(),
  redeemed: z.int(),
  messages: z.int(),
  goals: z.int().describe("reached by those who entered in these days"),
  worth: z.int().describe("what those goals were worth, in minor units"),
  revenue: z.int().describe("paid with coupons, in minor units"),
});
export type Day = z.infer<typeof Day>;

/** So many calendar days of the workspace's zone, today last, days without anything as zero; messages apart. Each by the key of what is counted. */
export const daysOf = (tx: Tx, workspace: WorkspaceId, count: number, now: Date): Promise<Omit<Day, "messages">[]> => {
  const since = new Date(now.getTime() - count * 86_400_000);
  const first = firstIdOf(since);
  return tx.rows(sql`
    WITH zone AS (SELECT time_zone AS name FROM workspace WHERE id = ${workspace}),
    happened AS (
      SELECT 'events' AS what, occurred_at AS at, 1::bigint AS n FROM event WHERE workspace_id = ${workspace} AND id >= ${first} AND occurred_at >= ${since}
      UNION ALL SELECT 'issued', issued_at, 1 FROM coupon WHERE workspace_id = ${workspace} AND id >= ${first} AND issued_at >= ${since}
      UNION ALL SELECT 'redeemed', at, 1 FROM redemption WHERE workspace_id = ${workspace} AND id >= ${first} AND at >= ${since} AND state = 'confirmed'
      UNION ALL SELECT 'revenue', at, amount - discount FROM redemption WHERE workspace_id = ${workspace} AND id >= ${first} AND at >= ${since} AND state = 'confirmed'
      UNION ALL SELECT 'goals', goal_at, 1 FROM run WHERE workspace_id = ${workspace} AND id >= ${first} AND goal_at IS NOT NULL AND NOT is_held
      UNION ALL SELECT 'worth', goal_at, goal_value FROM run WHERE workspace_id = ${workspace} AND id >= ${first} AND goal_value IS NOT NULL AND NOT is_held),
    counted AS (
      SELECT (at AT TIME ZONE zone.name)::date AS day, what, sum(n) AS n FROM happened CROSS JOIN zone GROUP BY 1, 2)
    SELECT to_char(d.day, 'YYYY-MM-DD') AS day,
           coalesce(sum(n) FILTER (WHERE what = 'events'), 0)::bigint AS events, coalesce(sum(n) FILTER (WHERE what = 'issued'), 0)::bigint AS issued,
           coalesce(sum(n) FILTER (WHERE what = 'redeemed'), 0)::bigint AS redeemed,
           coalesce(sum(n) FILTER (WHERE what = 'goals'), 0)::bigint AS goals, coalesce(sum(n) FILTER (WHERE what = 'worth'), 0)::bigint AS worth, coalesce(sum(n) FILTER (WHERE what = 'revenue'), 0)::bigint AS revenue
    FROM zone
    CROSS JOIN LATERAL (
      SELECT (${now}::timestamptz AT TIME ZONE zone.name)::date - i AS day FROM generate_series(0, ${count - 1}::int) AS i) d
    LEFT JOIN counted ON counted.day = d.day
    GROUP BY d.day
    ORDER BY d.day`);
};
