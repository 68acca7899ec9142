import type { Report } from "@/channels/provider";
import type { InboxEvent } from "@/core/events/inbox-event";
import type { MemberId, MessageId, WorkspaceId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import type { ChannelKind } from "@/core/message/channel";
import { engine, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { enqueue } from "../events/enqueue";
import { setConsents } from "../members/consent";
import { withdrawConsents } from "../members/consent-withdraw";
import { suppress, unsuppress } from "../members/suppression";
import { barredAddress } from "./outcome";
import { SETTLED, type Settled, tellOutcomes } from "./tell";

/**
 * What a provider says of messages and replies, verified already. Reports come early, late, doubled and out of order: a state only moves on
 * (accepted, then delivered or failed), and what changes nothing has no effect. Outcomes and replies become events.
 */
export async function receiveReports(
  workspace: WorkspaceId,
  provider: string,
  reports: readonly Report[],
  now: Date,
): Promise<void> {
  for (const report of reports) {
    await engine(async (tx) => {
      const events =
        report.about === "message"
          ? await ofMessage(tx, workspace, provider, report, now)
          : await ofReply(tx, workspace, report, now);
      await enqueue(tx, workspace, events);
    });
  }
}

type MemberEvent = { member: MemberId; event: InboxEvent };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function ofMessage(
  tx: Tx,
  workspace: WorkspaceId,
  provider: string,
  report: Extract<Report, { about: "message" }>,
  now: Date,
): Promise<MemberEvent[]> {
  if (!UUID.test(report.key)) return [];
  const row = await tx.one<{
    id: MessageId;
    member: MemberId;
    channel: ChannelKind;
    address: string | null;
    state: string;
    journey: string | null;
  }>(sql`
    SELECT id, member_id AS member, channel, address, state, journey_id AS journey FROM message
    WHERE workspace_id = ${workspace} AND id = ${report.key} FOR NO KEY UPDATE`);
  if (!row || row.state === "delivered" || row.state === "failed") return [];
  if (report.is === "sent") {
    // Before the reply to our own call, perhaps: the reference is known from here on, and the doubt is over.
    const settled = await tx.rows<Settled>(sql`
      UPDATE message SET ref = ${report.ref}, provider = ${provider}, accepted_at = COALESCE(accepted_at, ${now}),
        state = CASE WHEN state IN ('claimed', 'unknown') THEN 'accepted' ELSE state END, reason = NULL
      WHERE workspace_id = ${workspace} AND id = ${row.id} AND state IN ('claimed', 'unknown', 'accepted') RETURNING ${SETTLED}`);
    if (row.state !== "accepted") await tellOutcomes(tx, workspace, settled, now);
    return [];
  }
  const delivered = report.is === "delivered";
  await tx.run(sql`
    UPDATE message SET state = ${report.is}, ref = ${report.ref}, provider = ${provider}, reason = ${delivered ? null : (report.reason ?? "undelivered")},
      accepted_at = COALESCE(accepted_at, ${now}), delivered_at = ${delivered ? now : null}
    WHERE workspace_id = ${workspace} AND id = ${row.id}`);
  if (report.suppress && row.address)
    await suppress(
      tx,
      workspace,
      [
        {
          channel: row.channel,
          address: barredAddress(row.channel, row.address),
          reason: report.reason ?? "undelivered",
        },
      ],
      now,
    );
  const properties = {
    message_id: row.id,
    channel: row.channel,
    ...(row.journey && { journey_id: row.journey }),
    ...(report.reason !== undefined && { reason: report.reason }),
  };
  return [
    {
      member: row.member,
      event: ledgerEvent(delivered ? "message_delivered" : "message_bounced", properties, newId(), now),
    },
  ];
}

/** STOP and its kin withdraw at once, under the lock that every claim of the member takes; START gives the consent anew. */
async function ofReply(
  tx: Tx,
  workspace: WorkspaceId,
  { from, text, wish, ref }: Extract<Report, { about: "reply" }>,
  now: Date,
): Promise<MemberEvent[]> {
  const members = await tx.rows<{ id: MemberId }>(sql`
    SELECT id FROM member WHERE workspace_id = ${workspace} AND phone = ${from} AND merged_into IS NULL ORDER BY id`);
  const change = (member: MemberId, isGranted: boolean) => ({
    member,
    channel: "sms" as const,
    purpose: "marketing",
    isGranted,
    source: isGranted ? "start_reply" : "stop_reply",
    evidence: { ref, text },
    at: now,
  });
  if (wish === "stop") {
    await withdrawConsents(
      tx,
      workspace,
      members.map(({ id }) => change(id, false)),
    );
    await suppress(tx, workspace, [{ channel: "sms", address: from, reason: "stop_reply" }], now);
  } else if (wish === "start") {
    await setConsents(
      tx,
      workspace,
      members.map(({ id }) => change(id, true)),
    );
    await unsuppress(tx, workspace, "sms", from);
  }
  return members.map(({ id }) => ({
    member: id,
    event: ledgerEvent("message_replied", { channel: "sms", text, wish }, newId(), now),
  }));
}
