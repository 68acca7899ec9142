import type { MemberId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/**
 * Locks these members' gates, making the missing ones: whoever claims a message of a member or withdraws its consent holds this lock, so a
 * withdrawal that has committed is seen by every later claim. Members by id, so that two sets never wait crosswise.
 */
export async function lockGates(tx: Tx, workspace: WorkspaceId, members: readonly MemberId[]): Promise<void> {
  const wanted = [...new Set(members)].sort();
  if (wanted.length === 0) return;
  for (;;) {
    const locked = await tx.rows<{ id: MemberId }>(sql`
      SELECT member_id AS id FROM member_gate WHERE workspace_id = ${workspace} AND member_id = ANY(${wanted}::uuid[]) ORDER BY member_id FOR UPDATE`);
    if (locked.length === wanted.length) return;
    const known = new Set(locked.map((row) => row.id));
    const missing = wanted.filter((id) => !known.has(id));
    // A row that a twin inserted first is not locked by this statement: then look again.
    const made = await tx.run(sql`
      INSERT INTO member_gate (workspace_id, member_id) SELECT ${workspace}, m FROM unnest(${missing}::uuid[]) AS m ORDER BY m ON CONFLICT DO NOTHING`);
    if (made === missing.length) return;
  }
}
