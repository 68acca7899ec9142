import { type Sql, sql } from "@/platform/db";

/** The state of the coupon `c` as people are told it: one that was not used by its end is no longer valid, though its row says `issued`. */
export const couponStateAt = (now: Sql | Date): Sql =>
  sql`CASE WHEN c.state = 'issued' AND c.expires_at < ${now} THEN 'expired' ELSE c.state END`;
