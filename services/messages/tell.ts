import type { EventName } from "@/core/events/catalogue";
import type { MemberId, MessageId, WorkspaceId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import { sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { DEPTH_AFTER } from "../events/depth-after";
import { enqueue } from "../events/enqueue";
import { listens } from "../plans/listening";

/**
 * What a message's row has become: `accepted` by a provider (`delivered`, where its member had read it before we knew), or never to arrive (`failed`,
 * `skipped`). Other states tell nothing yet.
 */
export type Settled = {
  id: MessageId;
  member: MemberId;
  channel: string;
  journey: string | null;
  step: string | null;
  state: string;
  reason: string | null;
};
/** For the RETURNING of an update of messages. */
export const SETTLED = sql`
  message.id, message.member_id AS member, message.channel, message.journey_id AS journey, message.step, message.state, message.reason`;
/** The state of a message that its provider took: who read it has received it, also before the provider's answer was known (decision 075). */
export const TAKEN = sql`CASE WHEN message.opened_at IS NULL THEN 'accepted' ELSE 'delivered' END`;
/** When such a message arrived, as far as we know. Not before it was read: a report of failing still counts then. */
export const ARRIVED_AT = sql`CASE WHEN message.opened_at IS NOT NULL THEN greatest(message.opened_at, clock_timestamp()) END`;
export const OUTCOMES = ["message_sent", "message_failed"] as const;

/** Outcomes of messages as events, for whatever listens: a journey that tries another channel, for one. A delivery says that it was sent, too. */
export async function tellOutcomes(
  tx: Tx,
  workspace: WorkspaceId,
  set: readonly Settled[],
  now: Date,
  heard?: ReadonlySet<string>,
): Promise<void> {
  await tellSent(tx, workspace, set, now, heard ?? (await listens(tx, workspace, OUTCOMES)));
  await tell(
    tx,
    workspace,
    "message_delivered",
    set.filter(({ state }) => state === "delivered"),
    now,
  );
}

async function tellSent(
  tx: Tx,
  workspace: WorkspaceId,
  set: readonly Settled[],
  now: Date,
  names: ReadonlySet<string>,
): Promise<void> {
  if (set.length === 0 || !OUTCOMES.some((name) => names.has(name))) return;
  const depths = await depthsOf(tx, workspace, set);
  await enqueue(
    tx,
    workspace,
    set.flatMap(({ id, member, channel, journey, state, reason }) => {
      const name =
        state === "accepted" || state === "delivered"
          ? "message_sent"
          : state === "failed" || state === "skipped"
            ? "message_failed"
            : undefined;
      const properties = {
        message_id: id,
        channel,
        ...(journey !== null && { journey_id: journey }),
        ...(reason !== null && { reason }),
      };
      return name ? [{ member, event: ledgerEvent(name, properties, newId(), now, depths.get(id)) }] : [];
    }),
    names,
  );
}

export type MessageNews = {
  id: MessageId;
  member: MemberId;
  channel: string;
  journey: string | null;
  /** What the event says besides: reason, url. */
  more?: Record<string, string>;
};

/** What else came of messages (delivered, opened, clicked, bounced …), as events for whatever listens; the message's row is the event. */
export async function tell(
  tx: Tx,
  workspace: WorkspaceId,
  name: EventName,
  set: readonly MessageNews[],
  now: Date,
): Promise<void> {
  if (set.length === 0) return;
  const names = await listens(tx, workspace, [name]);
  if (!names.has(name)) return;
  const depths = await depthsOf(tx, workspace, set);
  await enqueue(
    tx,
    workspace,
    set.map(({ id, member, channel, journey, more }) => ({
      member,
      event: ledgerEvent(
        name,
        { message_id: id, channel, ...(journey !== null && { journey_id: journey }), ...more },
        newId(),
        now,
        depths.get(id),
      ),
    })),
    names,
  );
}

/** How many journeys one after another led to each message that a journey sent. By the primary keys of message and run. */
async function depthsOf(
  tx: Tx,
  workspace: WorkspaceId,
  set: readonly { id: MessageId }[],
): Promise<Map<MessageId, number>> {
  const rows = await tx.rows<{ id: MessageId; depth: number }>(sql`
    SELECT m.id, ${DEPTH_AFTER} AS depth
    FROM message m JOIN run r ON r.workspace_id = m.workspace_id AND r.id = m.run_id
    WHERE m.workspace_id = ${workspace} AND m.id = ANY(${set.map(({ id }) => id)}::uuid[])`);
  return new Map(rows.map(({ id, depth }) => [id, depth]));
}
