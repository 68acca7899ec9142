import type { MemberId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/**
 * The member that an id means today: of one that was merged away the survivor, so that a till or a program that still has the id of before goes
 * on. Undefined when there is none.
 */
export const survivorOf = async (tx: Tx, workspace: WorkspaceId, member: string): Promise<MemberId | undefined> =>
  (
    await tx.one<{ id: MemberId }>(
      sql`SELECT coalesce(merged_into, id) AS id FROM member WHERE workspace_id = ${workspace} AND id = ${member}`,
    )
  )?.id;

/** The same for a list's filter: an id that is nobody's stays as it is, and finds nothing. */
export const memberMeant = async (tx: Tx, workspace: WorkspaceId, member: string): Promise<string> =>
  (await survivorOf(tx, workspace, member)) ?? member;

/** The same, locked against a further merge until the commit. */
export async function lockSurvivor(tx: Tx, workspace: WorkspaceId, member: string): Promise<MemberId | undefined> {
  for (;;) {
    const id = await survivorOf(tx, workspace, member);
    if (id === undefined) return undefined;
    const locked = await tx.one(sql`
      SELECT id FROM member WHERE workspace_id = ${workspace} AND id = ${id} AND merged_into IS NULL FOR NO KEY UPDATE`);
    // Merged further while the lock was waited for: its survivor is another now.
    if (locked) return id;
  }
}
