import type { JourneyId, RunId, WorkspaceId } from "@/core/ids";
import type { Refusal } from "@/core/refusals";
import { type Sql, sql, type Tx } from "@/platform/db";
import { SETTLED, type Settled, tellOutcomes } from "./tell";
import { countMessages } from "./traffic";

const AT_ONCE = 1000;

/** A paused journey's messages that wait, `limit` of them: those the gate has held by message_held, others by message_queue, whose rows are few. */
const held = (workspace: WorkspaceId, journey: JourneyId, limit: number | null): Sql => {
  const of = sql`
    SELECT m.id FROM message m
    WHERE m.workspace_id = ${workspace} AND m.channel IN ('sms', 'email', 'push') AND m.state = 'queued' AND m.journey_id = ${journey}`;
  return sql`(${of} AND m.is_held LIMIT ${limit}) UNION ALL (${of} AND NOT m.is_held LIMIT ${limit})`;
};

export async function countHeld(tx: Tx, workspace: WorkspaceId, journey: JourneyId): Promise<number> {
  const row = await tx.one<{ n: number }>(sql`SELECT count(*)::int AS n FROM (${held(workspace, journey, null)}) AS h`);
  return row?.n ?? 0;
}

type PassedOver = Settled & { run: RunId | null };

/** Passes over some of them, with the reason, and tells it; returns what they were, none when no message was left. To be counted by `countPassedOver`. */
export async function passOverHeld(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  reason: Refusal,
  now: Date,
): Promise<PassedOver[]> {
  const passed = await tx.rows<PassedOver>(sql`
    UPDATE message SET state = 'skipped', is_held = false, reason = ${reason} FROM (${held(workspace, journey, AT_ONCE)}) AS h
    WHERE message.workspace_id = ${workspace} AND message.id = h.id AND message.state = 'queued' RETURNING ${SETTLED}, message.run_id AS run`);
  await tellOutcomes(tx, workspace, passed, now);
  return passed;
}

/** Counts what was passed over, once all that the transaction locks is locked. */
export const countPassedOver = (
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  reason: Refusal,
  passed: readonly Pick<PassedOver, "step">[],
  now: Date,
): void =>
  countMessages(
    tx,
    workspace,
    passed.map(({ step }) => ({ journey, step, outcome: "not_sent", reason })),
    now,
  );

/** Lets the first of them go, as their journey goes on; their senders let go of the rest. */
export function releaseHeld(tx: Tx, workspace: WorkspaceId, journey: JourneyId): void {
  tx.push(sql`
    UPDATE message SET not_before = clock_timestamp() FROM (${held(workspace, journey, AT_ONCE)}) AS h
    WHERE message.workspace_id = ${workspace} AND message.id = h.id AND message.state = 'queued' AND message.not_before = 'infinity'`);
}
