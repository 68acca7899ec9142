import type { WorkspaceId } from "@/core/ids";
import { Counted } from "@/platform/counted";
import { sql, type Tx } from "@/platform/db";
import type { JourneyLine } from "./journey-view";

type Counts = JourneyLine["counts"];
/** Every open list reads again every few seconds: of each look while that is cheap, else shared by all who look at the same lines. */
const lines = new Counted<ReadonlyMap<string, Counts>>(0);
const NONE: Counts = { live: 0, failed: 0, entered: 0, goals: 0, worth: 0 };

/** Journeys with who stands in them now and what the time since then brought, each by its own index: run_step for those that stand, run_list for the others. */
export async function withCounts<J extends { id: string }>(
  tx: Tx,
  workspace: WorkspaceId,
  journeys: readonly J[],
  since: Date,
): Promise<(J & { counts: Counts })[]> {
  const ids = journeys.map(({ id }) => id);
  const { value } = await lines.of(workspace, [...ids].sort().join(" "), () => countsOf(tx, workspace, ids, since));
  return journeys.map((journey) => ({ ...journey, counts: value.get(journey.id) ?? NONE }));
}

async function countsOf(
  tx: Tx,
  workspace: WorkspaceId,
  ids: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, Counts>> {
  const rows = await tx.rows<Counts & { id: string }>(sql`
    SELECT j.id, standing.live, standing.failed, week.entered, week.goals, week.worth FROM unnest(${ids}::uuid[]) AS j(id)
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE r.state <> 'failed') AS live, count(*) FILTER (WHERE r.state = 'failed') AS failed FROM run r
      WHERE r.workspace_id = ${workspace} AND r.journey_id = j.id AND r.state IN ('ready', 'parked', 'failed')) standing
    CROSS JOIN LATERAL (
      SELECT count(*) AS entered, count(r.goal_at) AS goals, coalesce(sum(r.goal_value), 0)::bigint AS worth FROM run r
      WHERE r.workspace_id = ${workspace} AND r.journey_id = j.id AND r.entered_at >= ${since} AND NOT r.is_held) week`);
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}
