import type { PlanId, WorkspaceId } from "@/core/ids";
import { type Feed, feedOf } from "@/core/journey/feed";
import type { Context } from "@/core/journey/problems";
import type { Validity } from "@/core/loyalty/offer";
import type { OfferNames } from "@/core/loyalty/offer-name";
import { standingOf } from "@/core/loyalty/standing";
import type { Plan } from "@/core/plan/plan";
import { dayOf } from "@/core/time/day";
import { sql, type Tx } from "@/platform/db";
import { loadPlans } from "../../plans/plans";
import { sensitiveOf } from "./sensitive";

type Journey = { id: string; name: string; state: string; plan: PlanId | null };
type Offer = {
  id: string;
  name: string;
  names: OfferNames;
  state: "active" | "paused" | "archived";
  stock: number | null;
  issued: number;
  validity: Validity;
  zone: string;
};

/** What a draft may name in its workspace, and what is live beside it; `self`: the journey it is the draft of. */
export async function contextOf(tx: Tx, workspace: WorkspaceId, now: Date, self?: string): Promise<Context> {
  const journeys = await tx.rows<Journey>(
    sql`SELECT id, name, state, plan_id AS plan FROM journey WHERE workspace_id = ${workspace}`,
  );
  return {
    journeys,
    segments: await tx.rows<{ id: string }>(
      sql`SELECT id FROM segment WHERE workspace_id = ${workspace} AND state <> 'deleted'`,
    ),
    offers: await offersOf(tx, workspace, now),
    ...(self !== undefined && { self }),
    neighbours: await feedsOf(
      tx,
      workspace,
      journeys.filter(({ id, state }) => id !== self && (state === "live" || state === "paused")),
    ),
    sensitive: await sensitiveOf(tx, workspace),
  };
}

async function offersOf(tx: Tx, workspace: WorkspaceId, now: Date): Promise<Context["offers"]> {
  const offers = await tx.rows<Offer>(sql`
    SELECT o.id, o.name, o.names, o.state, s.stock, s.issued, o.terms -> 'validity' AS validity, w.time_zone AS zone
    FROM offer o
    JOIN offer_stock s ON s.workspace_id = o.workspace_id AND s.offer_id = o.id
    JOIN workspace w ON w.id = o.workspace_id
    WHERE o.workspace_id = ${workspace}`);
  return offers.map(({ id, name, names, validity, zone, ...offer }) => ({
    id,
    name,
    names,
    standing: standingOf({ ...offer, terms: { validity } }, dayOf(now.getTime(), zone)),
  }));
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
