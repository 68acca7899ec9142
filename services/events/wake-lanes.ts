import { engine, sql } from "@/platform/db";

/**
 * Tells workers of lanes that nobody works on. After the commit that filled the lanes, because NOTIFY serialises commits; the lane's row is
 * not locked, and the workers' own look at idle lanes covers the gap.
 */
export async function wakeLanes(lanes: readonly number[]): Promise<void> {
  if (lanes.length === 0) return;
  await engine((tx) =>
    tx.run(sql`SELECT pg_notify('lane', id::text) FROM lane WHERE id = ANY(${lanes}::int[]) AND is_idle`),
  );
}
