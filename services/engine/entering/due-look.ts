import { type Sql, sql } from "@/platform/db";
import type { Shard } from "../shard";

const own = ({ workspace, journey, shard }: Shard): Sql =>
  sql`d.workspace_id = ${workspace} AND d.journey_id = ${journey} AND d.shard = ${shard} AND d.at IS NOT NULL`;

/** Whether members of a shard are to enter now, and when the next is. By due_at, one row each. */
export const isDue = (shard: Shard): Sql =>
  sql`(SELECT true FROM due d WHERE ${own(shard)} AND d.at <= (SELECT clock_timestamp()) ORDER BY d.at LIMIT 1)`;
export const firstDue = (shard: Shard): Sql => sql`(SELECT d.at FROM due d WHERE ${own(shard)} ORDER BY d.at LIMIT 1)`;
