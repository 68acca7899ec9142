import type { JourneyId, RunId, WorkspaceId } from "@/core/ids";
import type { Refusal } from "@/core/refusals";
import { type Sql, sql, type Tx } from "@/platform/db";

const AT_ONCE = 1000;

/** A paused journey's messages that wait for its senders. By message_queue, whose rows are few. */
const held = (workspace: WorkspaceId, journey: JourneyId): Sql => sql`
  m.workspace_id = ${workspace} AND m.channel IN ('sms', 'email', 'push') AND m.state = 'queued' AND m.journey_id = ${journey}`;

export async function countHeld(tx: Tx, workspace: WorkspaceId, journey: JourneyId): Promise<number> {
  const row = await tx.one<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM message m WHERE ${held(workspace, journey)}`,
  );
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
    UPDATE message SET state = 'skipped', reason = ${reason} FROM (
      SELECT m.id FROM message m WHERE ${held(workspace, journey)} ORDER BY m.id LIMIT ${AT_ONCE} FOR NO KEY UPDATE) AS h
    WHERE message.workspace_id = ${workspace} AND message.id = h.id RETURNING message.run_id AS run`);
  return rows.length === 0 ? undefined : rows.flatMap(({ run }) => (run === null ? [] : [run]));
}
