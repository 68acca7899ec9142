import type { MemberId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/** What staff were asked about a merged member, and what was asked of it, is the survivor's. Pushes. */
export function mergeTasks(tx: Tx, workspace: WorkspaceId, from: MemberId, into: MemberId): void {
  tx.push(sql`UPDATE task SET member_id = ${into} WHERE workspace_id = ${workspace} AND member_id = ${from}`);
}
