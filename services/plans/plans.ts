import { isDeepStrictEqual } from "node:util";
import type { JourneyId, PlanId, WorkspaceId } from "@/core/ids";
import { rulesOf } from "@/core/plan/order";
import type { Plan } from "@/core/plan/plan";
import type { Holdout } from "@/core/policy/holdout";
import { type Asked, askedOf, asksForCoupons, type Reads, readsOf } from "@/core/rules/reads";
import { oncePerTransaction, sql, type Tx } from "@/platform/db";

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

type Place = { zone: string; journeys: readonly LiveJourney[] };

/**
 * A workspace's zone, and its journeys whose plan hears events, live and paused, as a transaction first sees them; `holdout` is the workspace's,
 * over all of them. Kept by this process for as long as the workspace's stamp is the same, which every change of one of them makes another.
 */
export const livePlace = oncePerTransaction(async (tx, workspace): Promise<Place> => {
  const found = await tx.one<Omit<Kept, "journeys"> & { zone: string }>(sql`
    SELECT time_zone AS zone, settings -> 'holdout' AS holdout, journeys_stamp AS stamp FROM workspace WHERE id = ${workspace}`);
  if (!found) return { zone: "UTC", journeys: [] };
  const kept = places.get(workspace);
  const isSame = kept !== undefined && kept.stamp === found.stamp && isDeepStrictEqual(kept.holdout, found.holdout);
  return { zone: found.zone, journeys: isSame ? kept.journeys : await readLive(tx, workspace) };
});

/** What is kept of a workspace under a stamp. */
type Kept = { stamp: string | null; holdout: Holdout | null; journeys: readonly LiveJourney[] };
const places = new Map<WorkspaceId, Kept>();
const PLACES_KEPT = 1000;

async function readLive(tx: Tx, workspace: WorkspaceId): Promise<readonly LiveJourney[]> {
  // The stamp once more, by the statement that reads them: it may be another by now.
  const rows = await tx.rows<Row>(sql`
    SELECT w.journeys_stamp AS stamp, w.settings -> 'holdout' AS holdout, j.id, j.state, j.plan_id AS plan, j.shards, j.mappings
    FROM workspace w LEFT JOIN journey j ON j.workspace_id = w.id AND j.state IN ('live', 'paused') AND j.plan_id IS NOT NULL
    WHERE w.id = ${workspace} ORDER BY j.id`);
  const published = rows.filter((row) => row.id !== null);
  const plans = await loadPlans(
    tx,
    workspace,
    published.map((row) => row.plan),
  );
  const journeys = published.flatMap(({ stamp: _, plan: id, ...row }): LiveJourney[] => {
    const plan = plans.get(id);
    return plan ? [{ ...row, plan }] : [];
  });
  const [first] = rows;
  places.delete(workspace);
  if (first) places.set(workspace, { stamp: first.stamp, holdout: first.holdout, journeys });
  for (const [oldest] of places) {
    if (places.size <= PLACES_KEPT) break;
    places.delete(oldest);
  }
  return journeys;
}

/** A workspace without journeys has a row too. */
type Row = { stamp: string | null; holdout: Holdout | null } & (
  | ({ plan: PlanId } & Pick<LiveJourney, "id" | "state" | "shards" | "mappings">)
  | { id: null }
);

export const liveJourneys = async (tx: Tx, workspace: WorkspaceId): Promise<readonly LiveJourney[]> =>
  (await livePlace(tx, workspace)).journeys;

/** What of a member a plan's rules read. */
export function readsOfPlan(plan: Plan): Reads {
  const known = reads.get(plan);
  if (known) return known;
  const own = [plan.entry.when, ...(plan.goal ? [plan.goal.when] : []), ...plan.exits.map(({ when }) => when)];
  const made = readsOf({ all: [...own, ...Object.values(plan.steps).flatMap(rulesOf)] });
  reads.set(plan, made);
  return made;
}
const reads = new WeakMap<Plan, Reads>();

/** What the rules of plans ask of members, in the workspace's zone. */
export const askedByPlans = (plans: Iterable<Plan>, now: Date, zone: string): Asked =>
  askedOf([...plans].map(readsOfPlan), now.getTime(), zone);

/** Whether a plan's rules ask for the coupons a member holds. */
export const asksCoupons = (plan: Plan): boolean => asksForCoupons(readsOfPlan(plan));
