import type { MemberId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/**
 * Locks members against being changed or merged, by id, so that two turns never wait for each other in a circle.
 * FOR NO KEY UPDATE lets others still insert rows that refer to them. Returns those that were merged away before: a locked row is read as it is now.
 */
export async function lockMembers(tx: Tx, workspace: WorkspaceId, ids: readonly MemberId[]): Promise<MergedAway[]> {
  if (ids.length === 0) return [];
  const rows = await tx.rows<{ id: MemberId; into: MemberId | null }>(sql`
    SELECT id, merged_into AS into FROM member WHERE workspace_id = ${workspace} AND id = ANY(${[...new Set(ids)]}::uuid[])
    ORDER BY id FOR NO KEY UPDATE`);
  return rows.flatMap(({ id, into }) => (into === null ? [] : [{ id, into }]));
}

export type MergedAway = { id: MemberId; into: MemberId };
