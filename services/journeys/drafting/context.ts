import type { PlanId, WorkspaceId } from "@/core/ids";
import { type Feed, feedOf } from "@/core/journey/feed";
import type { Context } from "@/core/journey/problems";
import type { OfferNames } from "@/core/loyalty/offer-name";
import type { Plan } from "@/core/plan/plan";
import { sql, type Tx } from "@/platform/db";
import { loadPlans } from "../../plans/plans";

type Journey = { id: string; name: string; state: string; plan: PlanId | null };

/** What a draft may name in its workspace, and what is live beside it; `self`: the journey it is the draft of. */
export async function contextOf(tx: Tx, workspace: WorkspaceId, self?: string): Promise<Context> {
  const journeys = await tx.rows<Journey>(
    sql`SELECT id, name, state, plan_id AS plan FROM journey WHERE workspace_id = ${workspace}`,
  );
  return {
    journeys,
    segments: await tx.rows<{ id: string }>(
      sql`SELECT id FROM segment WHERE workspace_id = ${workspace} AND state <> 'deleted'`,
    ),
    offers: await tx.rows<{ id: string; name: string; names: OfferNames; state: string }>(
      sql`SELECT id, name, names, state FROM offer WHERE workspace_id = ${workspace}`,
    ),
    ...(self !== undefined && { self }),
    neighbours: await feedsOf(
      tx,
      workspace,
      journeys.filter(({ id, state }) => id !== self && (state === "live" || state === "paused")),
    ),
  };
}

/** The journeys that are on, as far as one starts another. */
export async function feedsOf(
  tx: Tx,
  workspace: WorkspaceId,
  journeys: readonly { plan: PlanId | null }[],
): Promise<Feed[]> {
  const plans = await loadPlans(
    tx,
    workspace,
    journeys.flatMap(({ plan }) => plan ?? []),
  );
  return [...plans.values()].map(readFeed);
}

// Plans never change.
const known = new WeakMap<Plan, Feed>();
function readFeed(plan: Plan): Feed {
  const feed = known.get(plan) ?? feedOf(plan.journey, plan);
  known.set(plan, feed);
  return feed;
}
