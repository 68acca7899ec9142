import type { WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/** When a journey was stopped, from the stop to the publish after it; `till`: null = it still is. */
export type Stop = { from: Date; till: Date | null };

/** By audit_subject: what else is done to a journey is little beside its saves. */
export async function stopsOf(tx: Tx, workspace: WorkspaceId, journey: string): Promise<Stop[]> {
  const rows = await tx.rows<{ action: string; at: Date }>(sql`
    SELECT action, at FROM audit
    WHERE workspace_id = ${workspace} AND subject = ${journey} AND action IN ('journey.stopped', 'journey.published', 'journey.publish_decided')
    ORDER BY id`);
  return rows.flatMap(({ action, at }, i) =>
    action === "journey.stopped"
      ? [{ from: at, till: rows.slice(i + 1).find((later) => later.action !== "journey.stopped")?.at ?? null }]
      : [],
  );
}

export const wasStopped = (stops: readonly Stop[], at: number): boolean =>
  stops.some(({ from, till }) => from.getTime() <= at && (till === null || at < till.getTime()));
