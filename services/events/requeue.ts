import type { InboxEvent } from "@/core/events/inbox-event";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { json, sql, type Tx } from "@/platform/db";

/** Puts accepted events at the end of a lane's queue again, with the instant they were accepted. */
export function requeue(
  tx: Tx,
  workspace: WorkspaceId,
  rows: readonly { lane: number; member: MemberId; event: InboxEvent }[],
): void {
  if (rows.length === 0) return;
  tx.push(sql`
    INSERT INTO inbox (lane, workspace_id, member_id, event, accepted_at)
    SELECT r.lane, ${workspace}, r.member, r.event, to_timestamp((r.event->>'acceptedAt')::float8 / 1000)
    FROM unnest(${rows.map((r) => r.lane)}::int[], ${rows.map((r) => r.member)}::uuid[], ${rows.map((r) => json(r.event))}::jsonb[]) WITH ORDINALITY AS r(lane, member, event, ordinal)
    ORDER BY r.ordinal`);
}
