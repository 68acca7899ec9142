import type { SendCause } from "@/core/events/letter-cause";
import type { MemberId, MessageId, WorkspaceId } from "@/core/ids";
import { oneLine } from "@/core/storable";
import { isBadData, json, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { counter } from "@/platform/metrics";
import type { InboxRow } from "./inbox-row";

const unjudged = counter(
  "events_unjudged_total",
  "Events set aside because something was thrown over them: by Postgres over their data, or by our own code",
  { fault: ["data", "code"] },
);

/** What could not be acted on: kept whole with what was thrown over it, to be looked at and replayed. */
export type DeadLetter = { kind: "event"; reason: string; member: MemberId | null; payload: unknown };

export async function bury(tx: Tx, workspace: WorkspaceId, letter: DeadLetter): Promise<void> {
  await tx.run(sql`
    INSERT INTO dead_letter (workspace_id, id, kind, cause, facts, name, member_id, payload)
    VALUES (${workspace}, ${newId()}, ${letter.kind}, 'not_judged', ${json({ detail: oneLine(letter.reason, 1000) })},
      ${json(letter.payload)}::jsonb ->> 'name', ${letter.member}, ${json(letter.payload)})`);
}

/** An event over which this was thrown. */
export function buryRow(tx: Tx, workspace: WorkspaceId, { member, event }: InboxRow, error: unknown): Promise<void> {
  countUnjudged(error);
  const reason = error instanceof Error ? error.message : String(error);
  return bury(tx, workspace, { kind: "event", reason, member, payload: event });
}

/** Counted where it is thrown, before the commit: an alarm, no sum. */
export const countUnjudged = (error: unknown): void => unjudged.inc({ fault: isBadData(error) ? "data" : "code" });

/** A message that will never arrive, by a fault of ours or of a provider's. */
export type LostSend = {
  id: MessageId;
  member: MemberId;
  channel: string;
  journey: string | null;
  step: string | null;
  cause: SendCause;
  /** In the provider's words, or by our own reason. */
  detail: string;
};

/** Kept where ops look, once each: a letter has its message's own id. */
export function burySends(tx: Tx, workspace: WorkspaceId, lost: readonly LostSend[]): void {
  if (lost.length === 0) return;
  const facts = lost.map(({ channel, detail }) => json({ channel, detail: oneLine(detail, 1000) }));
  const payloads = lost.map(({ id, channel, journey, step, detail }) =>
    json({
      messageId: id,
      properties: {
        message_id: id,
        channel,
        reason: oneLine(detail, 1000),
        ...(journey !== null && { journey_id: journey }),
        ...(step !== null && { step }),
      },
    }),
  );
  tx.push(sql`
    INSERT INTO dead_letter (workspace_id, id, kind, cause, facts, name, member_id, payload)
    SELECT ${workspace}, l.id, 'send', l.cause, l.facts, 'message_failed', l.member_id, l.payload
    FROM unnest(${lost.map(({ id }) => id)}::uuid[], ${lost.map(({ cause }) => cause)}::text[], ${facts}::jsonb[],
      ${lost.map(({ member }) => member)}::uuid[], ${payloads}::jsonb[]) AS l(id, cause, facts, member_id, payload)
    ON CONFLICT DO NOTHING`);
}

/** The letters of messages that were sent again: they are dealt with. */
export function closeSends(tx: Tx, workspace: WorkspaceId, messages: readonly string[], now: Date): void {
  if (messages.length === 0) return;
  tx.push(sql`
    UPDATE dead_letter SET replayed_at = ${now}, set_aside_at = NULL, set_aside_by = NULL, set_aside_why = NULL
    WHERE workspace_id = ${workspace} AND id = ANY(${messages}::uuid[]) AND kind = 'send' AND replayed_at IS NULL`);
}
