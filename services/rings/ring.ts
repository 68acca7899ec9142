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

/** The statement of `ring`, for who has nothing to wait for. */
export const ringing = (workspace: WorkspaceId, conductors: readonly ConductorId[]): Sql => sql`
    WITH rung AS (
      SELECT id, is_awake FROM conductor WHERE workspace_id = ${workspace} AND id = ANY(${[...new Set(conductors)].sort()}::text[])
      ORDER BY id FOR SHARE)
    SELECT pg_notify(CASE WHEN is_awake THEN 'bell' ELSE 'start' END, ${workspace} || ' ' || id) FROM rung`;
