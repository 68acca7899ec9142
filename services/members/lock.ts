import type { MemberId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/**
 * Locks members against being changed or merged, by id, so that two turns never wait for each other in a circle.
 * FOR NO KEY UPDATE lets others still insert rows that refer to them.
 */
export async function lockMembers(tx: Tx, workspace: WorkspaceId, ids: readonly MemberId[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.run(sql`
    SELECT id FROM member WHERE workspace_id = ${workspace} AND id = ANY(${[...new Set(ids)]}::uuid[])
    ORDER BY id FOR NO KEY UPDATE`);
}
