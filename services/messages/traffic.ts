import type { RunId, WorkspaceId } from "@/core/ids";
import { REFUSALS } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { announceSoon } from "../rings/announce-soon";

/** What can come of a journey's message, each counted once. `undelivered`: sent, and failed all the same. */
export const MESSAGE_OUTCOMES = [
  "sent",
  "not_sent",
  "undelivered",
  "delivered",
  "opened",
  "clicked",
  "converted",
] as const;
export type MessageOutcome = (typeof MESSAGE_OUTCOMES)[number];

export type Came = {
  journey: string | null;
  step: string | null;
  outcome: MessageOutcome;
  /** Why it did not arrive; a provider's own words count as one reason. */
  reason?: string | null;
};

/** Of one connection: many count at once without waiting for one another, and the rows stay few. */
const SHARD = sql`(pg_backend_pid() % 16)::smallint`;
const ON_CONFLICT = sql`
  ON CONFLICT (workspace_id, journey_id, hour, step, outcome, reason, shard) DO UPDATE SET count = message_traffic.count + EXCLUDED.count`;
/** What is counted goes to its hour and to all time. */
const hoursOf = (now: Date) =>
  sql`unnest(ARRAY['-infinity'::timestamptz, date_trunc('hour', ${now}::timestamptz, 'UTC')]) AS h(hour)`;

/**
 * Counts what came of messages, in the transaction that writes it, and tells the screens that show their journeys. Messages of no journey are not
 * counted. Rows are taken in key order at the transaction's end, behind messages, gates and budgets.
 */
export function countMessages(tx: Tx, workspace: WorkspaceId, came: readonly Came[], now: Date): void {
  const counts = new Map<string, { journey: string; step: string; outcome: string; reason: string; count: number }>();
  for (const { journey, step, outcome, reason } of came) {
    if (journey === null || step === null) continue;
    const why = outcome === "not_sent" || outcome === "undelivered" ? reasonOf(reason) : "";
    const key = `${journey} ${step} ${outcome} ${why}`;
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { journey, step, outcome, reason: why, count: 1 });
  }
  if (counts.size === 0) return;
  const rows = [...counts.values()];
  tx.push(sql`
    INSERT INTO message_traffic (workspace_id, journey_id, hour, step, outcome, reason, shard, count)
    SELECT ${workspace}, c.journey, h.hour, c.step, c.outcome, c.reason, ${SHARD}, c.count
    FROM unnest(${rows.map((r) => r.journey)}::uuid[], ${rows.map((r) => r.step)}::text[], ${rows.map((r) => r.outcome)}::text[], ${rows.map((r) => r.reason)}::text[],
      ${rows.map((r) => r.count)}::int[]) AS c(journey, step, outcome, reason, count), ${hoursOf(now)}
    ORDER BY c.journey, h.hour, c.step, c.outcome, c.reason ${ON_CONFLICT}`);
  for (const journey of new Set(rows.map((row) => row.journey))) announceSoon(workspace, `journey:${journey}`);
}

/** What a row of messages that was never sent before has become, as it is counted; a state that settles nothing is no outcome yet. */
export function outcomesOf(state: string): MessageOutcome[] {
  if (state === "accepted") return ["sent"];
  if (state === "delivered") return ["sent", "delivered"];
  return state === "failed" || state === "skipped" ? ["not_sent"] : [];
}

const reasonOf = (reason: string | null | undefined): string =>
  REFUSALS.find((known) => known === reason) ?? "provider";

/**
 * Counts what was sent to runs before each reached the goal, for those that reach it now: their rows do not tell it yet. The caller holds the runs' locks.
 * By the unique key of a message's run.
 */
export function countConversions(tx: Tx, workspace: WorkspaceId, runs: readonly RunId[], now: Date): void {
  if (runs.length === 0) return;
  tx.push(sql`
    INSERT INTO message_traffic (workspace_id, journey_id, hour, step, outcome, reason, shard, count)
    SELECT ${workspace}, m.journey_id, h.hour, m.step, 'converted', '', ${SHARD}, count(*)
    FROM run r JOIN message m ON m.run_id = r.id AND m.workspace_id = r.workspace_id, ${hoursOf(now)}
    WHERE r.workspace_id = ${workspace} AND r.id = ANY(${runs}::uuid[]) AND r.goal_at IS NULL AND m.accepted_at IS NOT NULL AND m.journey_id IS NOT NULL AND m.step IS NOT NULL
    GROUP BY m.journey_id, h.hour, m.step ORDER BY m.journey_id, h.hour, m.step ${ON_CONFLICT}`);
}
