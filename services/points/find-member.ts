import type { MemberId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/** A member that can be given points, locked against a merge, with the workspace's zone; undefined when there is none. */
export const findMember = (
  tx: Tx,
  workspace: WorkspaceId,
  member: string,
): Promise<{ id: MemberId; zone: string } | undefined> =>
  tx.one(sql`
    SELECT m.id, w.time_zone AS zone
    FROM member m JOIN workspace w ON w.id = m.workspace_id
    WHERE m.workspace_id = ${workspace} AND m.id = ${member} AND m.merged_into IS NULL
    FOR NO KEY UPDATE OF m`);
