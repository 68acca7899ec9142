import type { WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/** Whoever may publish at once did so: an open request for the same draft is answered by that. */
export const settleRequests = (
  tx: Tx,
  workspace: WorkspaceId,
  published: { journey: string; revision: number; version: number | null; by: string },
  now: Date,
): Promise<number> =>
  tx.run(sql`
    UPDATE publish_request SET state = CASE asked_by WHEN ${published.by} THEN 'withdrawn' ELSE 'approved' END, decided_by = ${published.by}, decided_at = ${now}, version = ${published.version}
    WHERE workspace_id = ${workspace} AND journey_id = ${published.journey} AND state = 'open' AND revision = ${published.revision}`);
