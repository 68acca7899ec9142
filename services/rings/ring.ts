import type { ConductorId, WorkspaceId } from "@/core/ids";
import { type Sql, sql, type Tx } from "@/platform/db";

/**
 * Tells conductors that there is work, in the transaction that makes it: SQL only, so losing Temporal loses nothing.
 * Locks the rows FOR SHARE in id order: a conductor going to sleep holds its own row, so it either sees this work or this
 * transaction sees it asleep. Returns how many there are. Awake ones get a `bell`, sleeping ones a `start`; worker/bells turns both into signals.
 */
export async function ring(tx: Tx, workspace: WorkspaceId, conductors: readonly ConductorId[]): Promise<number> {
  return conductors.length === 0 ? 0 : tx.run(ringing(workspace, conductors));
}

/**
 * As `ring`, for a workspace's senders; a channel's first message makes its sender's row. Of two transactions that make it at once the later one
 * tells nobody, and the sweep finds its message.
 */
export const ringingSenders = (
  workspace: WorkspaceId,
  senders: readonly { channel: string; id: ConductorId }[],
): Sql => sql`
    WITH wanted AS (
      SELECT * FROM unnest(${senders.map(({ id }) => id)}::text[], ${senders.map(({ channel }) => channel)}::text[]) AS w(id, channel)),
    rung AS (
      SELECT id, is_awake FROM conductor WHERE workspace_id = ${workspace} AND id IN (SELECT id FROM wanted) ORDER BY id FOR SHARE),
    made AS (
      INSERT INTO conductor (workspace_id, id, kind, subject)
      SELECT ${workspace}, w.id, 'sender', w.channel FROM wanted w WHERE w.id NOT IN (SELECT id FROM rung)
      ON CONFLICT DO NOTHING RETURNING id)
    SELECT pg_notify(CASE WHEN is_awake THEN 'bell' ELSE 'start' END, ${workspace} || ' ' || id)
    FROM (SELECT id, is_awake FROM rung UNION ALL SELECT id, false FROM made) AS told`;

/** The statement of `ring`, for who has nothing to wait for. */
export const ringing = (workspace: WorkspaceId, conductors: readonly ConductorId[]): Sql => sql`
    WITH rung AS (
      SELECT id, is_awake FROM conductor WHERE workspace_id = ${workspace} AND id = ANY(${[...new Set(conductors)].sort()}::text[])
      ORDER BY id FOR SHARE)
    SELECT pg_notify(CASE WHEN is_awake THEN 'bell' ELSE 'start' END, ${workspace} || ' ' || id) FROM rung`;
