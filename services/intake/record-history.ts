import type { InboxEvent } from "@/core/events/inbox-event";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { json, sql, type Tx } from "@/platform/db";

/**
 * Records a set of events that are history: they stand in timelines and counts and act on nothing, so nothing dispatches them. The
 * caller folds them into their members (`project`, `saveProjection`) in the same transaction.
 */
export async function recordHistory(
  tx: Tx,
  workspace: WorkspaceId,
  set: readonly { member: MemberId; event: InboxEvent }[],
): Promise<void> {
  if (set.length === 0) return;
  const events = set.map(({ event }) => event);
  await tx.run(sql`
    INSERT INTO event (workspace_id, id, member_id, message_id, type, name, properties, occurred_at, accepted_at, is_historical)
    SELECT ${workspace}, e.id, e.member_id, e.message_id, e.type, e.name, e.properties, to_timestamp(e.occurred / 1000), to_timestamp(e.accepted / 1000), true
    FROM unnest(
      ${events.map(({ id }) => id)}::uuid[], ${set.map(({ member }) => member)}::uuid[], ${events.map(({ messageId }) => messageId)}::text[],
      ${events.map(({ type }) => type)}::text[], ${events.map(({ name }) => name)}::text[], ${events.map(({ properties }) => json(properties))}::jsonb[],
      ${events.map(({ occurredAt }) => occurredAt)}::float8[], ${events.map(({ acceptedAt }) => acceptedAt)}::float8[]
    ) AS e (id, member_id, message_id, type, name, properties, occurred, accepted)`);
}
