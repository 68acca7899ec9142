import type { SendCause } from "@/core/events/letter-cause";
import type { MessageId, WorkspaceId } from "@/core/ids";
import type { ChannelKind } from "@/core/message/channel";
import { oneLine } from "@/core/storable";
import { instant } from "@/platform/clock";
import { engine, json, sql, type Tx } from "@/platform/db";
import { pauseMs } from "@/platform/pause";
import { burySends, type LostSend } from "../../events/bury";
import { suppress } from "../../members/suppression";
import { listens } from "../../plans/listening";
import { ARRIVED_AT, OUTCOMES, SETTLED, type Settled, TAKEN, tell, tellOutcomes } from "../tell";
import { countMessages, outcomesOf } from "../traffic";
import type { Delivery, Prepared } from "./deliver";
import { uncount } from "./uncount";

/** Of a provider's reason, in characters. */
const MOST_WORDS = 300;

/**
 * Notes that the calls of messages are about to begin, with the words they carry: what the provider's records are compared with and where a
 * text's short links lead outlive this worker, and what it claimed and never noted certainly did not leave. Returns those it may call: what
 * was put back meanwhile is another's by now.
 */
export async function beginCalls(
  workspace: WorkspaceId,
  claimer: string,
  prepared: readonly Prepared[],
): Promise<readonly Prepared[]> {
  const set = prepared.flatMap((one) => (one.ok ? [one] : []));
  if (set.length === 0) return prepared;
  const ids = set.map(({ message }) => message.id);
  // The ids twice, as in the claim.
  const noted = await engine((tx) =>
    tx.rows<{ id: MessageId }>(sql`
    UPDATE message SET rendered = w.words, called_at = clock_timestamp()
    FROM unnest(${ids}::uuid[], ${set.map((w) => json(w.words))}::jsonb[]) AS w(id, words)
    WHERE message.workspace_id = ${workspace} AND message.id = ANY(${ids}::uuid[]) AND message.id = w.id
      AND message.state = 'claimed' AND message.claimed_by = ${claimer}
    RETURNING message.id`),
  );
  const own = new Set(noted.map(({ id }) => id));
  return prepared.filter(({ ok, message }) => !ok || own.has(message.id));
}

/**
 * Writes what became of a set of claimed messages, however late: also when they were called unknown meanwhile. Only the claimer's own rows
 * change: a report that came before stands. What certainly did not leave costs nothing and makes room under the caps; what never will is told.
 */
export async function saveDeliveries(
  workspace: WorkspaceId,
  channel: ChannelKind,
  claimer: string,
  deliveries: readonly Delivery[],
): Promise<void> {
  const rows = deliveries.map(rowOf);
  const of = new Map(deliveries.map((delivery) => [delivery.message.id, delivery]));
  await engine(async (tx) => {
    const update = tx.rows<Settled>(sql`
      UPDATE message SET
        state = CASE WHEN o.state = 'accepted' THEN ${TAKEN} WHEN o.state = 'queued' AND message.expires_at <= clock_timestamp() + o.pause THEN 'failed' ELSE o.state END,
        ref = COALESCE(o.ref, message.ref), reason = o.reason,
        accepted_at = CASE WHEN o.state = 'accepted' THEN clock_timestamp() ELSE message.accepted_at END,
        delivered_at = CASE WHEN o.state = 'accepted' THEN ${ARRIVED_AT} ELSE message.delivered_at END,
        not_before = CASE WHEN o.state = 'queued' THEN clock_timestamp() + o.pause ELSE message.not_before END,
        is_held = o.state = 'queued' AND o.pause > interval '0', attempts = message.attempts - o.is_untried::int,
        cost = CASE WHEN o.state IN ('queued', 'failed') THEN 0 ELSE message.cost END,
        claimed_by = NULL, claimed_at = CASE WHEN o.state = 'queued' THEN NULL ELSE message.claimed_at END
      FROM (SELECT id, state, ref, reason, is_untried, pause * interval '1 millisecond' AS pause FROM unnest(
        ${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.state)}::text[], ${rows.map((r) => r.ref)}::text[], ${rows.map((r) => r.reason)}::text[], ${rows.map((r) => r.isUntried)}::boolean[], ${rows.map((r) => r.pause)}::int[])
        AS u(id, state, ref, reason, is_untried, pause)) AS o
      WHERE message.workspace_id = ${workspace} AND message.id = o.id AND message.state IN ('claimed', 'unknown') AND message.claimed_by = ${claimer}
      RETURNING ${SETTLED}`);
    const [saved, heard] = await Promise.all([update, listens(tx, workspace, OUTCOMES)]);
    await tellOutcomes(tx, workspace, saved, instant(), heard);
    const gone = saved.flatMap(({ id, state, reason }) => {
      const one = of.get(id);
      return one && (state === "queued" || state === "failed") ? [{ ...one, state, reason }] : [];
    });
    if (gone.length > 0) await undo(tx, workspace, channel, gone);
    burySends(
      tx,
      workspace,
      gone.flatMap((one) => lostOf(channel, one)),
    );
    countMessages(
      tx,
      workspace,
      saved.flatMap((one) => outcomesOf(one.state).map((outcome) => ({ ...one, outcome }))),
      instant(),
    );
  });
}

type Gone = Delivery & { state: string; reason: string | null };

/** What failed for good and its member is not the cause of. */
function lostOf(channel: ChannelKind, { message, sent, state, isOurs }: Gone): LostSend[] {
  if (state !== "failed" || (sent.is === "refused" && (sent.suppress || sent.isPersonal))) return [];
  const { id, memberId: member, journey, step } = message;
  const [cause, detail]: [SendCause, string] =
    sent.is !== "refused"
      ? ["send_expired", "not_begun"]
      : [sent.lasting ? (isOurs ? "send_unwritten" : "send_refused") : "send_expired", sent.reason];
  return [{ id, member, channel, journey, step, cause, detail }];
}

/** What did not leave costs nothing and makes room; an address that lasts in refusing is barred. */
async function undo(tx: Tx, workspace: WorkspaceId, channel: ChannelKind, gone: readonly Gone[]): Promise<void> {
  await uncount(
    tx,
    workspace,
    gone.map(({ message: { memberId: member, purpose, journey, cost: unspent, claimedAt } }) => ({
      member,
      purpose,
      journey,
      unspent,
      claimedAt,
    })),
  );
  const failed = gone.filter(({ state }) => state === "failed");
  const barred = failed.filter(({ sent }) => sent.is === "refused" && sent.suppress);
  await suppress(
    tx,
    workspace,
    barred.map(({ message, reason }) => ({
      channel,
      address: barredAddress(channel, message.address),
      reason: reason ?? "refused",
    })),
    instant(),
  );
  await tell(
    tx,
    workspace,
    "message_bounced",
    barred.map(({ message: { id, memberId: member, journey }, reason }) => ({
      id,
      member,
      channel,
      journey,
      more: { reason: reason ?? "refused" },
    })),
    instant(),
  );
}

function rowOf({ message, sent }: Delivery) {
  const row = {
    id: message.id,
    ref: null as string | null,
    reason: null as string | null,
    pause: 0,
    isUntried: false,
  };
  switch (sent.is) {
    case "accepted":
      return { ...row, state: "accepted", ref: sent.ref };
    case "unknown":
      return { ...row, state: "unknown", reason: "unknown" };
    case "released":
      return { ...row, state: "queued", isUntried: true };
    case "refused":
      return {
        ...row,
        state: sent.lasting ? "failed" : "queued",
        reason: oneLine(sent.reason, MOST_WORDS),
        pause: pauseMs(message.attempts, sent.after),
      };
    default:
      return sent satisfies never;
  }
}

/** A push subscription is barred by its endpoint; keys may change. */
export function barredAddress(channel: ChannelKind, address: string): string {
  if (channel !== "push") return address;
  const { endpoint }: { endpoint?: unknown } = JSON.parse(address);
  return typeof endpoint === "string" ? endpoint : address;
}
