import type { OfferId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/**
 * Locks the counters of limited offers by id and returns what is left of each (unlimited ones are absent, and are counted without
 * waiting here). A leg that can reach several reward steps calls it once with all their offers, before the first: locking them step by
 * step would deadlock with a leg that goes the other way.
 */
export async function lockStock(
  tx: Tx,
  workspace: WorkspaceId,
  offers: readonly OfferId[],
): Promise<Map<OfferId, number>> {
  const rows = await tx.rows<{ offer_id: OfferId; left: number }>(sql`
    SELECT offer_id, stock - issued AS left
    FROM offer_stock
    WHERE workspace_id = ${workspace} AND offer_id = ANY(${offers}::uuid[]) AND stock IS NOT NULL
    ORDER BY offer_id
    FOR NO KEY UPDATE`);
  return new Map(rows.map((row) => [row.offer_id, row.left]));
}

/** Adds to the counts of coupons that stand (negative: coupons voided), once per offer and in id order. */
export function countIssued(tx: Tx, workspace: WorkspaceId, counts: ReadonlyMap<OfferId, number>): void {
  const offers = [...counts.keys()].sort();
  if (offers.length === 0) return;
  const totals = offers.map((offer) => counts.get(offer) ?? 0);
  // The inner SELECT fixes the order in which unlimited counters are locked; limited ones are ours already.
  tx.push(sql`
    WITH locked AS (
      SELECT offer_id FROM offer_stock
      WHERE workspace_id = ${workspace} AND offer_id = ANY(${offers}::uuid[])
      ORDER BY offer_id
      FOR NO KEY UPDATE)
    UPDATE offer_stock s SET issued = s.issued + added.count
    FROM locked JOIN unnest(${offers}::uuid[], ${totals}::int[]) AS added (offer_id, count) USING (offer_id)
    WHERE s.workspace_id = ${workspace} AND s.offer_id = locked.offer_id`);
}
