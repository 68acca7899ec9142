import type { OfferId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/**
 * Counts a coupon as redeemed (`by` 1) or as its member's again (-1), in the transaction that makes it so. In a row of the connection's own share, so that
 * tills do not wait for one another: one of them may be below nought, their sum is not. By the primary key; the coupon's row is locked before.
 */
export async function countRedeemed(tx: Tx, workspace: WorkspaceId, offer: OfferId, by: 1 | -1): Promise<void> {
  await tx.run(sql`
    INSERT INTO offer_redeemed (workspace_id, offer_id, shard, count) VALUES (${workspace}, ${offer}, (pg_backend_pid() % 16)::smallint, ${by})
    ON CONFLICT (workspace_id, offer_id, shard) DO UPDATE SET count = offer_redeemed.count + EXCLUDED.count`);
}
