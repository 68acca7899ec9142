import type { MemberId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/** A merged member's history is the survivor's, what could not be acted on included. */
export async function moveEvents(tx: Tx, workspace: WorkspaceId, from: MemberId, into: MemberId): Promise<void> {
  await tx.run(sql`UPDATE event SET member_id = ${into} WHERE workspace_id = ${workspace} AND member_id = ${from}`);
  tx.push(sql`UPDATE dead_letter SET member_id = ${into} WHERE member_id = ${from} AND workspace_id = ${workspace}`);
}
