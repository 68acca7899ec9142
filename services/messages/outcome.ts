import type { WorkspaceId } from "@/core/ids";
import type { ChannelKind } from "@/core/message/channel";
import { engine, json, sql } from "@/platform/db";
import { listens } from "../journeys/listening";
import { suppress } from "../members/suppression";
import type { Delivery } from "./deliver";
import { OUTCOMES, SETTLED, type Settled, tellOutcomes } from "./tell";

const LONGEST_PAUSE_MS = 5 * 60_000;

/** Twice as long at each attempt, from two seconds to five minutes. */
const pauseMs = (attempts: number): number => Math.min(LONGEST_PAUSE_MS, 2000 * 2 ** (attempts - 1));

/** A provider's words as a column can hold them. */
const plain = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Surrogate}]+/gu, " ")
    .slice(0, 300)
    .trim();

/** Writes what became of a set of claimed messages. Only the claimer's own rows change: a report that came before stands. */
export async function saveDeliveries(
  workspace: WorkspaceId,
  channel: ChannelKind,
  provider: string,
  claimer: string,
  deliveries: readonly Delivery[],
): Promise<void> {
  const rows = deliveries.map(({ message, rendered, sent }) => {
    const row = {
      id: message.id,
      rendered: rendered === null ? null : json(rendered),
      ref: null as string | null,
      reason: null as string | null,
      pause: 0,
    };
    switch (sent.is) {
      case "accepted":
        return { ...row, state: "accepted", ref: sent.ref };
      case "unknown":
        return { ...row, state: "unknown", reason: "unknown" };
      case "released":
        return { ...row, state: "queued" };
      case "refused":
        return {
          ...row,
          state: sent.lasting ? "failed" : "queued",
          reason: plain(sent.reason),
          pause: pauseMs(message.attempts),
        };
      default:
        return sent satisfies never;
    }
  });
  const barred = deliveries.flatMap(({ message, sent }) =>
    sent.is === "refused" && sent.suppress
      ? [{ channel, address: barredAddress(channel, message.address), reason: sent.reason }]
      : [],
  );
  await engine(async (tx) => {
    const update = tx.rows<Settled>(sql`
      UPDATE message SET
        state = CASE WHEN o.state = 'queued' AND message.expires_at <= clock_timestamp() + o.pause THEN 'failed' ELSE o.state END,
        ref = COALESCE(o.ref, message.ref), rendered = COALESCE(o.rendered, message.rendered), reason = o.reason, provider = ${provider},
        accepted_at = CASE WHEN o.state = 'accepted' THEN clock_timestamp() ELSE message.accepted_at END,
        not_before = CASE WHEN o.state = 'queued' THEN clock_timestamp() + o.pause ELSE message.not_before END,
        claimed_by = NULL, claimed_at = CASE WHEN o.state = 'queued' THEN NULL ELSE message.claimed_at END
      FROM (SELECT id, state, ref, rendered, reason, pause * interval '1 millisecond' AS pause FROM unnest(
        ${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.state)}::text[], ${rows.map((r) => r.ref)}::text[], ${rows.map((r) => r.rendered)}::jsonb[],
        ${rows.map((r) => r.reason)}::text[], ${rows.map((r) => r.pause)}::int[]) AS u(id, state, ref, rendered, reason, pause)) AS o
      WHERE message.workspace_id = ${workspace} AND message.id = o.id AND message.state = 'claimed' AND message.claimed_by = ${claimer}
      RETURNING ${SETTLED}`);
    const [settled, heard] = await Promise.all([update, listens(tx, workspace, OUTCOMES)]);
    await tellOutcomes(tx, workspace, settled, new Date(), heard);
    await suppress(tx, workspace, barred, new Date());
  });
}

/** A push subscription is barred by its endpoint; keys may change. */
export function barredAddress(channel: ChannelKind, address: string): string {
  if (channel !== "push") return address;
  const { endpoint }: { endpoint?: unknown } = JSON.parse(address);
  return typeof endpoint === "string" ? endpoint : address;
}
