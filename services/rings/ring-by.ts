import type { ConductorId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/**
 * An instant nearer than this is kept by the workers' timers alone (`nearDue`); for a farther one the journey's workflow also has a durable timer,
 * so that Temporal shows until when it sleeps.
 */
export const NEAR_MS = 5 * 60_000;

/**
 * Tells a conductor of a due instant before the one it sleeps to, or waits for in its chair. A journey's that sleeps is not woken for a near one: its
 * row has the instant, and the workers' timers look there (decision 101). One at work (it has no next instant) needs no telling: before it rests it
 * locks its row, which waits for this transaction, and then reads when it must wake; who reads a sleeping one's next instant anew locks it likewise.
 */
export function ringBy(tx: Tx, workspace: WorkspaceId, conductor: ConductorId, at: Date): void {
  tx.push(sql`
    WITH noted AS (
      UPDATE conductor SET next_due = ${at}
      WHERE workspace_id = ${workspace} AND id = ${conductor} AND kind = 'journey' AND NOT is_awake AND (next_due IS NULL OR next_due > ${at})
        AND ${at} < clock_timestamp() + ${NEAR_MS} * interval '1 millisecond'
      RETURNING id),
    asked AS (
      SELECT id, is_awake, next_due FROM conductor
      WHERE workspace_id = ${workspace} AND id = ${conductor} AND NOT EXISTS (SELECT FROM noted) FOR SHARE)
    SELECT pg_notify(CASE WHEN is_awake THEN 'bell' ELSE 'start' END, ${workspace} || ' ' || id) FROM asked
    WHERE CASE WHEN is_awake THEN next_due > ${at} ELSE next_due IS NULL OR next_due > ${at} END`);
}
