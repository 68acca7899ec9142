import type { MemberId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/**
 * Locks these members' gates, making the missing ones: whoever claims a message of a member or withdraws its consent holds this lock, so a
 * withdrawal that has committed is seen by every later claim. Members by id, so that two sets never wait crosswise. Both statements leave
 * at once; what is asked for after this call runs under the lock, awaited or not.
 */
export async function lockGates(tx: Tx, workspace: WorkspaceId, members: readonly MemberId[]): Promise<void> {
  const wanted = [...new Set(members)].sort();
  if (wanted.length === 0) return;
  // Waits for a twin that is just making the same row, so the second statement finds them all.
  tx.push(sql`
    INSERT INTO member_gate (workspace_id, member_id)
    SELECT ${workspace}, m FROM unnest(${wanted}::uuid[]) AS m
    WHERE NOT EXISTS (SELECT FROM member_gate g WHERE g.workspace_id = ${workspace} AND g.member_id = m)
    ORDER BY m ON CONFLICT DO NOTHING`);
  await tx.run(sql`
    SELECT FROM member_gate WHERE workspace_id = ${workspace} AND member_id = ANY(${wanted}::uuid[]) ORDER BY member_id FOR UPDATE`);
}
