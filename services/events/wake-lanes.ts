import { type Sql, sql, type Tx } from "@/platform/db";

/**
 * Tells workers of lanes that nobody works on, behind the commit that filled them, because NOTIFY serialises commits; the lane's row is not
 * locked, and the workers' own look at idle lanes covers the gap. A NOTIFY does not survive a crash anyway, so it waits for no disk.
 */
export function wakeLanes(tx: Tx, lanes: readonly number[]): void {
  const [only] = lanes;
  if (only === undefined) return;
  // One alone keeps its plan; of a list each call would be planned anew, which took a single event 0.1 ms before anyone knew of it.
  tx.after(sql`
    SELECT set_config('synchronous_commit', 'off', true), pg_notify('lane', id::text) FROM lane
    WHERE ${lanes.length === 1 ? sql`id = ${only}` : sql`id = ANY(${lanes}::int[])`} AND is_idle`);
}

/**
 * The same in the transaction itself, told at its commit: for what is no stream of events. The lanes' rows are read without a
 * lock, and each worker's poll covers the race.
 */
export const wakingLanes = (lanes: readonly number[]): Sql =>
  sql`SELECT pg_notify('lane', id::text) FROM lane WHERE id = ANY(${[...new Set(lanes)]}::int[]) AND is_idle`;
