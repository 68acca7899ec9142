import type { EventName } from "@/core/events/catalogue";
import type { InboxEvent } from "@/core/events/inbox-event";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import type { ChannelKind } from "@/core/message/channel";
import { instantMs } from "@/platform/clock";
import { json, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { enqueue } from "../events/enqueue";

export type ConsentChange = {
  member: MemberId;
  channel: ChannelKind;
  purpose: string;
  isGranted: boolean;
  /** Who took it down: api, console, stop_reply, unsubscribe_link … */
  source: string;
  evidence: Record<string, unknown>;
  at: Date;
  /** Why it was withdrawn, for the event that tells it. */
  reason?: string;
  /** Nothing tells it but what said it: that is the event itself, or is of the past. */
  isTold?: boolean;
};

type Changed = Pick<ConsentChange, "member" | "channel" | "purpose" | "isGranted">;

/**
 * Records consents given and withdrawn, per member, channel and purpose, and every change of them with its evidence. The one said last stands,
 * whatever the order of arrival; at one instant a withdrawal stands over a grant. Each real change is told as `consent_granted` or
 * `consent_withdrawn`, whoever says it and how; a repetition is none. Takes no gate: who withdraws locks the members' gates first (`withdrawConsents`), so that
 * no message is claimed meanwhile.
 */
export async function setConsents(tx: Tx, workspace: WorkspaceId, set: readonly ConsentChange[]): Promise<void> {
  const last = new Map<string, ConsentChange>();
  for (const change of set) {
    const key = keyOf(change);
    const known = last.get(key);
    if (!known || known.at < change.at || (known.at.getTime() === change.at.getTime() && !change.isGranted))
      last.set(key, change);
  }
  const changes = [...last.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
  if (changes.length === 0) return;
  const real = await tx.rows<Changed>(sql`
    WITH c AS (SELECT * FROM unnest(
      ${changes.map((c) => newId(c.at.getTime()))}::uuid[],
      ${changes.map((c) => c.member)}::uuid[], ${changes.map((c) => c.channel)}::text[], ${changes.map((c) => c.purpose)}::text[],
      ${changes.map((c) => c.isGranted)}::boolean[], ${changes.map((c) => c.source)}::text[], ${changes.map((c) => json(c.evidence))}::jsonb[],
      ${changes.map((c) => c.at)}::timestamptz[]
    ) AS c (id, member_id, channel, purpose, is_granted, source, evidence, at)),
    stood AS (SELECT s.member_id, s.channel, s.purpose, s.is_granted FROM consent s JOIN c USING (member_id, channel, purpose) WHERE s.workspace_id = ${workspace}),
    stands AS (
      INSERT INTO consent (workspace_id, member_id, channel, purpose, is_granted, source, evidence, at)
      SELECT ${workspace}, c.member_id, c.channel, c.purpose, c.is_granted, c.source, c.evidence, c.at FROM c
      ON CONFLICT (workspace_id, member_id, channel, purpose) DO UPDATE
      SET is_granted = EXCLUDED.is_granted, source = EXCLUDED.source, evidence = EXCLUDED.evidence, at = EXCLUDED.at
      WHERE consent.at < EXCLUDED.at OR (consent.at = EXCLUDED.at AND NOT EXCLUDED.is_granted)
      RETURNING member_id, channel, purpose)
    INSERT INTO consent_change (workspace_id, id, member_id, channel, purpose, is_granted, source, evidence, at)
    SELECT ${workspace}, c.id, c.member_id, c.channel, c.purpose, c.is_granted, c.source, c.evidence, c.at
    FROM c JOIN stands USING (member_id, channel, purpose) LEFT JOIN stood USING (member_id, channel, purpose)
    WHERE stood.is_granted IS DISTINCT FROM c.is_granted
    RETURNING member_id AS member, channel, purpose, is_granted AS "isGranted"`);
  await enqueue(
    tx,
    workspace,
    real.flatMap((one) => {
      const said = last.get(keyOf(one));
      return said && !said.isTold ? [{ member: one.member, event: eventOf(said) }] : [];
    }),
  );
}

const keyOf = ({ member, channel, purpose }: Omit<Changed, "isGranted">): string => `${member} ${channel} ${purpose}`;

/** It happened when it was said, and is accepted now. */
function eventOf({ channel, purpose, isGranted, reason, at }: ConsentChange): InboxEvent {
  const name: EventName = isGranted ? "consent_granted" : "consent_withdrawn";
  const properties = { channel, purpose, ...(reason !== undefined && { reason }) };
  return { ...ledgerEvent(name, properties, newId(), at), acceptedAt: instantMs() };
}
