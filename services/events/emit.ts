import type { InboxEvent } from "@/core/events/inbox-event";
import { laneOf, type MemberId, type WorkspaceId } from "@/core/ids";
import { json, sql, type Tx } from "@/platform/db";
import { requeue } from "./requeue";

/**
 * Events that we make up for members, real ones: each stands in the timeline, counts in history and is dispatched like a sender's. The
 * caller's transaction makes each once, so no message key is kept.
 */
export async function emit(
  tx: Tx,
  workspace: WorkspaceId,
  set: readonly { member: MemberId; event: InboxEvent }[],
): Promise<void> {
  if (set.length === 0) return;
  const events = set.map(({ event }) => event);
  tx.push(sql`
    INSERT INTO event (workspace_id, id, member_id, message_id, type, name, properties, occurred_at, accepted_at, is_historical)
    SELECT ${workspace}, e.id, e.member_id, e.message_id, e.type, e.name, e.properties, to_timestamp(e.occurred / 1000), to_timestamp(e.accepted / 1000), false
    FROM unnest(
      ${events.map(({ id }) => id)}::uuid[], ${set.map(({ member }) => member)}::uuid[], ${events.map(({ messageId }) => messageId)}::text[],
      ${events.map(({ type }) => type)}::text[], ${events.map(({ name }) => name)}::text[], ${events.map(({ properties }) => json(properties))}::jsonb[],
      ${events.map(({ occurredAt }) => occurredAt)}::float8[], ${events.map(({ acceptedAt }) => acceptedAt)}::float8[]
    ) AS e (id, member_id, message_id, type, name, properties, occurred, accepted)`);
  const rows = set.map(({ member, event }) => ({ lane: laneOf(workspace, member), member, event }));
  requeue(tx, workspace, rows);
  tx.push(
    sql`SELECT pg_notify('lane', id::text) FROM lane WHERE id = ANY(${[...new Set(rows.map((r) => r.lane))]}::int[]) AND is_idle`,
  );
}
