import type { JourneyId, RunId, WorkspaceId } from "@/core/ids";
import type { Refusal } from "@/core/refusals";
import { type Sql, sql, type Tx } from "@/platform/db";

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

/** Passes over some of them, with the reason; returns the runs they are of, none when no message was left. */
export async function passOverHeld(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  reason: Refusal,
): Promise<RunId[] | undefined> {
  const rows = await tx.rows<{ run: RunId | null }>(sql`
    UPDATE message SET state = 'skipped', is_held = false, reason = ${reason} FROM (${held(workspace, journey, AT_ONCE)}) AS h
    WHERE message.workspace_id = ${workspace} AND message.id = h.id AND message.state = 'queued' RETURNING message.run_id AS run`);
  return rows.length === 0 ? undefined : rows.flatMap(({ run }) => (run === null ? [] : [run]));
}

/** Lets the first of them go, as their journey goes on; their senders let go of the rest. */
export function releaseHeld(tx: Tx, workspace: WorkspaceId, journey: JourneyId): void {
  tx.push(sql`
    UPDATE message SET not_before = clock_timestamp() FROM (${held(workspace, journey, AT_ONCE)}) AS h
    WHERE message.workspace_id = ${workspace} AND message.id = h.id AND message.state = 'queued' AND message.not_before = 'infinity'`);
}
