import type { MemberId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/** Coupons and redemptions of a member follow it into the one it merges with. */
export async function mergeCoupons(tx: Tx, workspace: WorkspaceId, from: MemberId, to: MemberId): Promise<void> {
  await tx.run(sql`UPDATE coupon SET member_id = ${to} WHERE workspace_id = ${workspace} AND member_id = ${from}`);
  await tx.run(sql`UPDATE redemption SET member_id = ${to} WHERE workspace_id = ${workspace} AND member_id = ${from}`);
}
