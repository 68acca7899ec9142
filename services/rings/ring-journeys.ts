import type { ConductorId, WorkspaceId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { ring } from "./ring";

/** So many a second, since those that have members to move come first. */
const AT_ONCE = 10;
const PAUSE_MS = 1000;

/**
 * Rings every published journey's conductor, a few at a time. Nobody needs that to be moved: it is for a Temporal that lost its data, which would
 * else show a journey only once its next member is due.
 */
export async function ringJourneys(pause: (ms: number) => Promise<unknown>): Promise<void> {
  const all = await peek<{ workspace: WorkspaceId; id: ConductorId }>(sql`
    SELECT c.workspace_id AS workspace, c.id FROM conductor c
    JOIN journey j ON j.workspace_id = c.workspace_id AND j.id = c.subject::uuid AND j.state IN ('live', 'paused')
    WHERE c.kind = 'journey' ORDER BY c.workspace_id, c.id`);
  for (let from = 0; from < all.length; from += AT_ONCE) {
    if (from > 0) await pause(PAUSE_MS);
    const some = all.slice(from, from + AT_ONCE);
    await engine(async (tx) => {
      for (const { workspace, id } of some) await ring(tx, workspace, [id]);
    });
  }
}
