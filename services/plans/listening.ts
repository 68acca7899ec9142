import type { WorkspaceId } from "@/core/ids";
import { hears } from "@/core/plan/plan";
import { sql, type Tx } from "@/platform/db";
import { liveJourneys } from "./plans";
import { concerns, watchedSegments } from "./watched";

/**
 * Which of these events something live listens to: a live journey, a segment whose rule they can change, or the plan of a run under way.
 * A derived event that nobody hears gets no inbox row: its ledger row is the event.
 */
export async function listens(tx: Tx, workspace: WorkspaceId, names: readonly string[]): Promise<Set<string>> {
  // Runs may still be on an older plan of their journey, with other ears.
  const readOlder = tx.rows<{ name: string }>(sql`
    SELECT DISTINCT n.name FROM journey j
    JOIN plan p ON p.workspace_id = j.workspace_id AND p.journey_id = j.id AND p.id <> j.plan_id
    JOIN unnest(${names}::text[]) AS n(name) ON p.body->'listens' ? n.name OR p.body->'listens' ? '*'
    WHERE j.workspace_id = ${workspace} AND j.state IN ('live', 'paused')
      AND EXISTS (SELECT FROM run r WHERE r.workspace_id = j.workspace_id AND r.journey_id = j.id AND r.plan_id = p.id AND r.state IN ('ready', 'parked', 'held'))`);
  const [journeys, segments, older] = await Promise.all([
    liveJourneys(tx, workspace),
    watchedSegments(tx, workspace),
    readOlder,
  ]);
  const heard = new Set(names.filter((name) => journeys.some((j) => hears(j.plan, name))));
  for (const { name } of older) heard.add(name);
  for (const { reads } of segments) for (const name of names) if (concerns(reads, name)) heard.add(name);
  return heard;
}
