import type { JourneyId, PlanId, WorkspaceId } from "@/core/ids";
import { rulesOf } from "@/core/plan/order";
import type { Plan } from "@/core/plan/plan";
import type { Holdout } from "@/core/policy/holdout";
import type { Rule } from "@/core/rules/rule";
import { sql, type Tx } from "@/platform/db";

// Plans are immutable and named by their hash, so a cached one is never stale. Insertion order makes the Map an LRU.
const cache = new Map<PlanId, Plan>();
const KEPT = 2000;

/** The plans of these ids; an id without a row is missing from the map. */
export async function loadPlans(tx: Tx, workspace: WorkspaceId, ids: Iterable<PlanId>): Promise<Map<PlanId, Plan>> {
  const found = new Map<PlanId, Plan>();
  const missing: PlanId[] = [];
  for (const id of new Set(ids)) {
    const plan = cache.get(id);
    if (plan) found.set(id, plan);
    else missing.push(id);
  }
  if (missing.length === 0) return found;
  const rows = await tx.rows<{ id: PlanId; body: Plan }>(sql`
    SELECT id, body FROM plan WHERE workspace_id = ${workspace} AND id = ANY(${missing}::text[])`);
  for (const { id, body } of rows) {
    found.set(id, body);
    cache.set(id, body);
  }
  for (const id of cache.keys()) {
    if (cache.size <= KEPT) break;
    cache.delete(id);
  }
  return found;
}

export type LiveJourney = {
  id: JourneyId;
  state: "live" | "paused";
  plan: Plan;
  shards: number;
  mappings: number;
  holdout: Holdout | null;
};

/** The journeys of a workspace whose plan hears events, live and paused; `holdout` is the workspace's, over all of them. */
export async function liveJourneys(tx: Tx, workspace: WorkspaceId): Promise<LiveJourney[]> {
  const rows = await tx.rows<{
    id: JourneyId;
    state: "live" | "paused";
    plan: PlanId;
    shards: number;
    mappings: number;
    holdout: Holdout | null;
  }>(sql`
    SELECT j.id, j.state, j.plan_id AS plan, j.shards, j.mappings, w.settings -> 'holdout' AS holdout FROM journey j JOIN workspace w ON w.id = j.workspace_id
    WHERE j.workspace_id = ${workspace} AND j.state IN ('live', 'paused') AND j.plan_id IS NOT NULL ORDER BY j.id`);
  const plans = await loadPlans(
    tx,
    workspace,
    rows.map((r) => r.plan),
  );
  return rows.flatMap(({ plan: id, ...row }) => {
    const plan = plans.get(id);
    return plan ? [{ ...row, plan }] : [];
  });
}

export const hears = (plan: Plan, event: string): boolean => plan.listens.includes(event) || plan.listens.includes("*");

/** How many days of daily facts a plan's rules look back; null = none of them does. */
export function lookback(plan: Plan): number | null {
  const known = lookbacks.get(plan);
  if (known !== undefined) return known;
  let days: number | null = null;
  const visit = (rule: Rule): void => {
    if ("all" in rule) rule.all.forEach(visit);
    else if ("any" in rule) rule.any.forEach(visit);
    else if ("not" in rule) visit(rule.not);
    else if ("did" in rule) days = Math.max(days ?? 0, rule.days ?? 36_500);
  };
  visit(plan.entry.when);
  if (plan.goal) visit(plan.goal.when);
  for (const exit of plan.exits) visit(exit.when);
  for (const step of Object.values(plan.steps)) rulesOf(step).forEach(visit);
  lookbacks.set(plan, days);
  return days;
}
const lookbacks = new WeakMap<Plan, number | null>();
