import type { MemberId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

export type MergedAway = { id: MemberId; into: MemberId };

/**
 * The answer of a lock: who of them had been merged away before, and so acts no more. Whoever moves runs or lets members in is asked for it, and
 * leaves those out.
 */
export class LockedMembers {
  private readonly gone: ReadonlySet<MemberId>;
  constructor(readonly merged: readonly MergedAway[]) {
    this.gone = new Set(merged.map(({ id }) => id));
  }
  /** Of runs, entrants or rows those whose member stands: the others are brought to the survivor by its next dispatch turn. */
  standing<T extends { member: MemberId }>(those: readonly T[]): T[] {
    return those.filter(({ member }) => !this.gone.has(member));
  }
}

/**
 * Locks members against being changed or merged, by id, so that two turns never wait for each other in a circle.
 * FOR NO KEY UPDATE lets others still insert rows that refer to them. A locked row is read as it is now.
 */
export async function lockMembers(tx: Tx, workspace: WorkspaceId, ids: readonly MemberId[]): Promise<LockedMembers> {
  if (ids.length === 0) return new LockedMembers([]);
  const rows = await tx.rows<{ id: MemberId; into: MemberId | null }>(sql`
    SELECT id, merged_into AS into FROM member WHERE workspace_id = ${workspace} AND id = ANY(${[...new Set(ids)]}::uuid[])
    ORDER BY id FOR NO KEY UPDATE`);
  return new LockedMembers(rows.flatMap(({ id, into }) => (into === null ? [] : [{ id, into }])));
}
