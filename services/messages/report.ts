import type { Report } from "@/channels/provider";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import type { ChannelKind } from "@/core/message/channel";
import { isUuid } from "@/core/uuid";
import { engine, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { burySends } from "../events/bury";
import { enqueue } from "../events/enqueue";
import { isFirst } from "../events/once";
import { setConsents } from "../members/consent";
import { withdrawConsents } from "../members/consent-withdraw";
import { suppress, unsuppress } from "../members/suppression";
import { type Complained, complain } from "./complain";
import { barredAddress } from "./pumping/outcome";
import { uncount } from "./pumping/uncount";
import { tell, tellOutcomes } from "./tell";
import { type Came, countMessages } from "./traffic";

/** Why a phone is barred and a consent withdrawn whose owner replied so. */
const STOP = "stop_reply";

/**
 * What a provider says of messages and replies, verified already; of another channel's than its own it knows nothing. Reports come early, late, doubled and out of order: a state only moves on
 * (accepted, then delivered or failed; what was only taken to arrive, because somebody read it, may fail yet), and what changes nothing has no
 * effect. Outcomes and replies become events.
 */
export async function receiveReports(
  workspace: WorkspaceId,
  by: { name: string; channel: ChannelKind },
  reports: readonly Report[],
  now: Date,
): Promise<void> {
  for (const report of reports) {
    await engine(async (tx) => {
      if (report.about === "message") await ofMessage(tx, workspace, by, report, now);
      else if (by.channel === "sms") await ofReply(tx, workspace, report, now);
    });
  }
}

type Row = Complained & {
  state: string;
  purpose: string;
  claimedAt: Date | null;
  reason: string | null;
  step: string | null;
  /** Under which the provider that took it knows it; null = not known yet. */
  ref: string | null;
  wasSent: boolean;
  wasRead: boolean;
  /** Delivered, as we say of what was read: a program that looks at links before its member does may have read it, so a provider knows better. */
  isTakenToArrive: boolean;
};

async function ofMessage(
  tx: Tx,
  workspace: WorkspaceId,
  { name: provider, channel }: { name: string; channel: ChannelKind },
  report: Extract<Report, { about: "message" }>,
  now: Date,
): Promise<void> {
  if (!isUuid(report.key)) return;
  const row = await tx.one<Row>(sql`
    SELECT id, member_id AS member, channel, address, state, purpose, claimed_at AS "claimedAt", ref, reason, journey_id AS journey, step, accepted_at IS NOT NULL AS "wasSent", opened_at IS NOT NULL AS "wasRead",
      state = 'delivered' AND coalesce(delivered_at >= opened_at, false) AS "isTakenToArrive" FROM message
    WHERE workspace_id = ${workspace} AND id = ${report.key} AND channel = ${channel} FOR NO KEY UPDATE`);
  if (!row) return;
  if (report.is === "complained") {
    if (row.state !== "skipped") await complain(tx, workspace, row, now);
    return;
  }
  const why = report.reason ?? "undelivered";
  const isDoubled = row.state === "failed" && row.reason === why;
  // Whatever became of the message: the next one would go to a dead address.
  if (report.suppress && row.address && !isDoubled)
    await suppress(
      tx,
      workspace,
      [{ channel: row.channel, address: barredAddress(row.channel, row.address), reason: why }],
      now,
    );
  if (row.state === "failed" || row.state === "skipped") return;
  // Of an earlier attempt, of which its provider's records knew nothing: the one that was taken since may still arrive.
  if (report.is === "failed" && row.ref !== null && row.ref !== report.ref) return;
  if (row.state === "delivered" && !(row.isTakenToArrive && report.is === "failed")) return;
  // Before the reply to our own call, perhaps, or after we gave the call up: the reference is known from here on, and the doubt is over.
  const isDelivered = report.is === "delivered" || (report.is === "sent" && row.wasRead);
  const state = isDelivered ? "delivered" : report.is === "sent" ? "accepted" : "failed";
  await tx.run(sql`
    UPDATE message SET state = ${state}, ref = ${report.ref}, provider = ${provider}, reason = ${state === "failed" ? why : null},
      claimed_at = COALESCE(claimed_at, ${now}), is_held = false, accepted_at = COALESCE(accepted_at, ${now}), delivered_at = COALESCE(delivered_at, ${isDelivered ? now : null})
    WHERE workspace_id = ${workspace} AND id = ${row.id}`);
  if (state === "failed") await uncount(tx, workspace, [{ ...row, unspent: 0, claimedAt: row.claimedAt ?? now }]);
  // A delivery that is the first we hear of it says too that it was sent.
  if (row.state !== "accepted" || state === "failed")
    await tellOutcomes(
      tx,
      workspace,
      [{ ...row, state: isDelivered ? "accepted" : state, reason: report.reason ?? null }],
      now,
    );
  if (isDelivered) await tell(tx, workspace, "message_delivered", [row], now);
  if (report.is === "failed") await tell(tx, workspace, "message_bounced", [{ ...row, more: { reason: why } }], now);
  if (state === "failed" && !report.suppress && !report.isPersonal)
    burySends(tx, workspace, [{ ...row, cause: "send_undelivered", detail: why }]);
  const { journey, step } = row;
  const news: Came[] = [];
  // A report is the first word of sending too; one of failing may be.
  if (!row.wasSent) news.push({ journey, step, outcome: "sent" });
  if (state === "failed") news.push({ journey, step, outcome: "undelivered", reason: report.reason ?? null });
  if (isDelivered) news.push({ journey, step, outcome: "delivered" });
  countMessages(tx, workspace, news, now);
}

/**
 * STOP and its kin withdraw at once, under the lock that every claim of the member takes, for whoever is reached at that phone or was until they
 * named another. START gives back what a STOP took, and nothing that was never given or was withdrawn otherwise; nor does it lift other bars.
 */
async function ofReply(
  tx: Tx,
  workspace: WorkspaceId,
  { from, text, wish, ref }: Extract<Report, { about: "reply" }>,
  now: Date,
): Promise<void> {
  if (ref !== "" && !(await isFirst(tx, workspace, `reply ${ref}`, newId()))) return;
  const members = await tx.rows<{ id: MemberId; hadStopped: boolean }>(sql`
    SELECT m.id, m.phone = ${from} AND c.source = ${STOP} AND NOT c.is_granted AS "hadStopped"
    FROM (SELECT id FROM member WHERE workspace_id = ${workspace} AND phone = ${from}
      UNION SELECT member_id FROM identity WHERE workspace_id = ${workspace} AND kind = 'phone' AND value = ${from}) AS known (id)
    JOIN member m ON m.workspace_id = ${workspace} AND m.id = known.id AND m.merged_into IS NULL
    LEFT JOIN consent c ON c.workspace_id = m.workspace_id AND c.member_id = m.id AND c.channel = 'sms' AND c.purpose = 'marketing'
    ORDER BY m.id`);
  const change = (member: MemberId, isGranted: boolean) => ({
    member,
    channel: "sms" as const,
    purpose: "marketing",
    isGranted,
    source: isGranted ? "start_reply" : STOP,
    evidence: { ref, text },
    at: now,
    ...(!isGranted && { reason: STOP }),
  });
  if (wish === "stop") {
    await withdrawConsents(
      tx,
      workspace,
      members.map(({ id }) => change(id, false)),
    );
    await suppress(tx, workspace, [{ channel: "sms", address: from, reason: STOP }], now);
  } else if (wish === "start") {
    await setConsents(
      tx,
      workspace,
      members.filter(({ hadStopped }) => hadStopped).map(({ id }) => change(id, true)),
    );
    await unsuppress(tx, workspace, "sms", from, STOP);
  }
  await enqueue(
    tx,
    workspace,
    await Promise.all(
      members.map(async ({ id }) => ({
        member: id,
        event: ledgerEvent(
          "message_replied",
          { channel: "sms", text, wish, ...(await answered(tx, workspace, id, from)) },
          newId(),
          now,
        ),
      })),
    ),
  );
}

/** The message that a reply most likely answers: the last text that went to that phone. Uses message_member. */
async function answered(
  tx: Tx,
  workspace: WorkspaceId,
  member: MemberId,
  address: string,
): Promise<{ message_id?: string; journey_id?: string }> {
  const row = await tx.one<{ id: string; journey: string | null }>(sql`
    SELECT id, journey_id AS journey FROM message
    WHERE member_id = ${member} AND workspace_id = ${workspace} AND channel = 'sms' AND address = ${address} AND state IN ('accepted', 'delivered', 'unknown')
    ORDER BY queued_at DESC LIMIT 1`);
  return row ? { message_id: row.id, ...(row.journey !== null && { journey_id: row.journey }) } : {};
}
