import type { ConductorId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/**
 * Tells a conductor of a due instant before the one it sleeps to, or waits for in its chair. One at work (it has no next instant) needs no
 * telling: before it rests it locks its row, which waits for this transaction, and then reads when it must wake.
 */
export function ringBy(tx: Tx, workspace: WorkspaceId, conductor: ConductorId, at: Date): void {
  tx.push(sql`
    WITH asked AS (SELECT id, is_awake, next_due FROM conductor WHERE workspace_id = ${workspace} AND id = ${conductor} FOR SHARE)
    SELECT pg_notify(CASE WHEN is_awake THEN 'bell' ELSE 'start' END, ${workspace} || ' ' || id) FROM asked
    WHERE CASE WHEN is_awake THEN next_due > ${at} ELSE next_due IS NULL OR next_due > ${at} END`);
}
