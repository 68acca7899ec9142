import { type MemberId, segmentsConductor, type WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { ringBy } from "../rings/ring-by";

/** Has members decided anew in every segment within seconds, in the background: after a change that no event of theirs tells. */
export function reconsider(tx: Tx, workspace: WorkspaceId, members: readonly MemberId[], now: Date): void {
  if (members.length === 0) return;
  tx.push(sql`
    INSERT INTO segment_member (workspace_id, segment_id, member_id, is_in, changed_at, next_at)
    SELECT s.workspace_id, s.id, m.id, false, ${now}, ${now} FROM segment s, unnest(${[...members].sort()}::uuid[]) AS m(id)
    WHERE s.workspace_id = ${workspace} AND s.state <> 'deleted' ORDER BY s.id, m.id
    ON CONFLICT (workspace_id, segment_id, member_id) DO UPDATE SET next_at = EXCLUDED.next_at`);
  ringBy(tx, workspace, segmentsConductor(workspace), now);
}

/**
 * Two who turn out to be one were in a segment if either was, since the first of them came in: what they are together is decided behind that, and only
 * what changes then is told. A member who was merged away is in no segment.
 */
export function mergeSegments(tx: Tx, workspace: WorkspaceId, from: MemberId, into: MemberId, now: Date): void {
  tx.push(sql`
    INSERT INTO segment_member AS own (workspace_id, segment_id, member_id, is_in, changed_at, next_at)
    SELECT workspace_id, segment_id, ${into}, true, changed_at, ${now} FROM segment_member
    WHERE workspace_id = ${workspace} AND member_id = ${from} AND is_in ORDER BY segment_id
    ON CONFLICT (workspace_id, segment_id, member_id) DO UPDATE
      SET is_in = true, changed_at = CASE WHEN own.is_in THEN least(own.changed_at, EXCLUDED.changed_at) ELSE EXCLUDED.changed_at END`);
  tx.push(sql`DELETE FROM segment_member WHERE workspace_id = ${workspace} AND member_id = ${from}`);
  reconsider(tx, workspace, [into], now);
}
