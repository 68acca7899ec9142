import type { PlanId, WorkspaceId } from "@/core/ids";
import { hears, type Plan } from "@/core/plan/plan";
import { sql, type Tx } from "@/platform/db";
import { liveJourneys, loadPlans } from "./plans";
import { concerns, watchedSegments } from "./watched";

/**
 * Which of these events something live listens to: a live journey, a segment whose rule they can change, or the plan of a run under way.
 * A derived event that nobody hears gets no inbox row: its ledger row is the event.
 */
export async function listens(tx: Tx, workspace: WorkspaceId, names: readonly string[]): Promise<Set<string>> {
  const [journeys, segments] = await Promise.all([liveJourneys(tx, workspace), watchedSegments(tx, workspace)]);
  // Each publish of a journey behind its first one leaves a mapping.
  const older = journeys.some(({ mappings }) => mappings > 0) ? await olderPlans(tx, workspace, names) : [];
  const plans = [...journeys.map(({ plan }) => plan), ...older];
  const heard = new Set(names.filter((name) => plans.some((plan) => hears(plan, name))));
  for (const { reads } of segments) for (const name of names) if (concerns(reads, name)) heard.add(name);
  return heard;
}

/**
 * Plans before their journey's last that listen to one of these events and that runs are still on. One condition over all names, not a row for
 * each: Postgres thought the kept plan of a join with names dearer and planned five tables anew at each call, 0.2 to 0.8 ms (decision 077). Runs are
 * asked for last, of each such plan alone, and in the order of run_step, which goes from step to step: any other way walks all who wait.
 */
async function olderPlans(tx: Tx, workspace: WorkspaceId, names: readonly string[]): Promise<Iterable<Plan>> {
  const rows = await tx.rows<{ id: PlanId }>(sql`
    SELECT p.id FROM journey j JOIN plan p ON p.workspace_id = j.workspace_id AND p.journey_id = j.id AND p.id <> j.plan_id
    WHERE j.workspace_id = ${workspace} AND j.state IN ('live', 'paused') AND j.mappings > 0 AND p.body -> 'listens' ?| ${[...names, "*"]}::text[]
      AND (SELECT true FROM run r WHERE r.workspace_id = j.workspace_id AND r.journey_id = j.id AND r.plan_id = p.id AND r.state IN ('ready', 'parked', 'held') ORDER BY r.step LIMIT 1)`);
  const plans = await loadPlans(
    tx,
    workspace,
    rows.map(({ id }) => id),
  );
  return plans.values();
}
