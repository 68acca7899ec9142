import type { MemberId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { lockGates } from "../members/lock-gates";

/**
 * Messages and complaints of a merged member are the survivor's: what waits goes to the survivor under its consent, and what went counts for
 * its caps. Messages before gates, as every claim locks them.
 */
export async function mergeMessages(tx: Tx, workspace: WorkspaceId, from: MemberId, into: MemberId): Promise<void> {
  tx.push(sql`UPDATE message SET member_id = ${into} WHERE workspace_id = ${workspace} AND member_id = ${from}`);
  await lockGates(tx, workspace, [from, into]);
  tx.push(sql`
    INSERT INTO complaint (workspace_id, member_id, reference, opened_at, closed_at)
    SELECT workspace_id, ${into}, reference, opened_at, closed_at FROM complaint WHERE workspace_id = ${workspace} AND member_id = ${from}
    ON CONFLICT (workspace_id, member_id, reference) DO UPDATE SET
      opened_at = least(complaint.opened_at, excluded.opened_at),
      closed_at = CASE WHEN complaint.closed_at IS NOT NULL AND excluded.closed_at IS NOT NULL THEN greatest(complaint.closed_at, excluded.closed_at) END`);
  tx.push(sql`DELETE FROM complaint WHERE workspace_id = ${workspace} AND member_id = ${from}`);
}
