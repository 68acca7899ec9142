import {
  type JourneyId,
  type MemberId,
  type MessageId,
  type PlanId,
  type RunId,
  type StepId,
  senderConductor,
  type WorkspaceId,
} from "@/core/ids";
import { json, sql, type Tx } from "@/platform/db";
import { ringingSenders } from "../rings/ring";

export type Queued = {
  id: MessageId;
  member: MemberId;
  channel: "sms" | "email" | "push";
  purpose: "marketing" | "service";
  /** What it is about, for caps; its own choice for quiet hours. */
  category?: string | null;
  quiet?: "hold" | "drop" | null;
  priority: number;
  /** Readied by a timer, a broadcast, a publish: behind what an event readied. */
  isBulk?: boolean;
  /** Where its words are: in an immutable plan (a journey's message; the entry event is its run's), or in the row itself. Rendered when claimed. */
  content:
    | { in: "plan"; plan: PlanId; journey: JourneyId; run: RunId; step: StepId; lap: number; effect: number }
    | { in: "row"; content: Record<string, unknown> };
  /** What the templates see besides the member and the entry event: what the run's effects had returned by then. */
  variables: Record<string, unknown>;
  expiresAt: Date;
};

/** Writes messages to their channels' queues and rings the senders. */
export function queueMessages(tx: Tx, workspace: WorkspaceId, messages: readonly Queued[], now: Date): void {
  if (messages.length === 0) return;
  const of = messages.map((m) => (m.content.in === "plan" ? m.content : null));
  tx.push(sql`
    INSERT INTO message (workspace_id, id, member_id, run_id, step, lap, effect, plan_id, journey_id, content,
                         channel, purpose, category, quiet, priority, is_bulk, state, variables, queued_at, not_before, expires_at)
    SELECT ${workspace}, m.id, m.member, m.run, m.step, m.lap, m.effect, m.plan, m.journey, m.content,
           m.channel, m.purpose, m.category, m.quiet, m.priority, m.is_bulk, 'queued', m.variables, ${now}, ${now}, m.expires_at
    FROM unnest(
      ${messages.map((m) => m.id)}::uuid[], ${messages.map((m) => m.member)}::uuid[], ${of.map((c) => c?.run ?? null)}::uuid[],
      ${of.map((c) => c?.step ?? null)}::text[], ${of.map((c) => c?.lap ?? null)}::int[], ${of.map((c) => c?.effect ?? null)}::int[],
      ${of.map((c) => c?.plan ?? null)}::text[], ${of.map((c) => c?.journey ?? null)}::uuid[],
      ${messages.map((m) => (m.content.in === "row" ? json(m.content.content) : null))}::jsonb[],
      ${messages.map((m) => m.channel)}::text[], ${messages.map((m) => m.purpose)}::text[],
      ${messages.map((m) => m.category ?? null)}::text[], ${messages.map((m) => m.quiet ?? null)}::text[],
      ${messages.map((m) => m.priority)}::int[], ${messages.map((m) => m.isBulk ?? false)}::boolean[],
      ${messages.map((m) => json(m.variables))}::jsonb[], ${messages.map((m) => m.expiresAt)}::timestamptz[]
    ) AS m(id, member, run, step, lap, effect, plan, journey, content, channel, purpose, category, quiet, priority, is_bulk, variables, expires_at)`);
  const channels = [...new Set(messages.map((m) => m.channel))];
  const senders = channels.map((channel) => ({ channel, id: senderConductor(workspace, channel) }));
  tx.push(ringingSenders(workspace, senders));
}
