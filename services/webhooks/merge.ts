import type { MemberId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/** Calls made for a merged member are the survivor's; those that wait are filled in with its details. Pushes; uses webhook_call_member. */
export function mergeCalls(tx: Tx, workspace: WorkspaceId, from: MemberId, into: MemberId): void {
  tx.push(sql`UPDATE webhook_call SET member_id = ${into} WHERE member_id = ${from} AND workspace_id = ${workspace}`);
}
