import type { MemberId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { lockSurvivor } from "../access/survivor";

/**
 * A member that can be given points, locked against a merge, with the workspace's zone; the survivor of one that was merged away. Undefined when
 * there is none.
 */
export async function findMember(
  tx: Tx,
  workspace: WorkspaceId,
  member: string,
): Promise<{ id: MemberId; zone: string } | undefined> {
  const id = await lockSurvivor(tx, workspace, member);
  const home =
    id && (await tx.one<{ zone: string }>(sql`SELECT time_zone AS zone FROM workspace WHERE id = ${workspace}`));
  return home ? { id, zone: home.zone } : undefined;
}
