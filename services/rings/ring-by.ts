import type { ConductorId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/**
 * Tells a sleeping conductor of a due instant before the one it sleeps to. One that is awake needs no telling: before it sleeps it locks its
 * row, which waits for this transaction, and then reads when it must wake.
 */
export function ringBy(tx: Tx, workspace: WorkspaceId, conductor: ConductorId, at: Date): void {
  tx.push(sql`
    WITH asked AS (SELECT id, is_awake, next_due FROM conductor WHERE workspace_id = ${workspace} AND id = ${conductor} FOR SHARE)
    SELECT pg_notify('start', ${workspace} || ' ' || id) FROM asked WHERE NOT is_awake AND (next_due IS NULL OR next_due > ${at})`);
}
