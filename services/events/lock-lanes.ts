import { sql, type Tx } from "@/platform/db";

/** Waits until no turn is under way in these lanes and keeps them still until the commit; in id order. */
export async function lockLanes(tx: Tx, lanes: readonly number[]): Promise<void> {
  if (lanes.length === 0) return;
  await tx.run(sql`SELECT id FROM lane WHERE id = ANY(${[...new Set(lanes)]}::int[]) ORDER BY id FOR UPDATE`);
}
