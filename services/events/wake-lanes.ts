import { peek, type Sql, sql } from "@/platform/db";

/**
 * Tells workers of lanes that nobody works on. After the commit that filled the lanes, because NOTIFY serialises commits; the lane's row is
 * not locked, and the workers' own look at idle lanes covers the gap. A NOTIFY does not survive a crash anyway, so it waits for no disk.
 */
export async function wakeLanes(lanes: readonly number[]): Promise<void> {
  if (lanes.length === 0) return;
  await peek(sql`
    SELECT set_config('synchronous_commit', 'off', true), pg_notify('lane', id::text) FROM lane WHERE id = ANY(${lanes}::int[]) AND is_idle`);
}

/**
 * The same in the transaction that fills the lanes, told at its commit: for what is no stream of events. The lanes' rows are read without a
 * lock, and each worker's poll covers the race.
 */
export const wakingLanes = (lanes: readonly number[]): Sql =>
  sql`SELECT pg_notify('lane', id::text) FROM lane WHERE id = ANY(${[...new Set(lanes)]}::int[]) AND is_idle`;
