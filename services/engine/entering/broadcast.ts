import type { EventId, JourneyId, MemberId, PlanId, WorkspaceId } from "@/core/ids";
import type { Holdout } from "@/core/policy/holdout";
import { allowance } from "@/core/policy/steady-rate";
import { engine, isTooSlow, type Sql, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { pageOf, sizeOf } from "../../broadcasts/audience";
import { nextInstant } from "../../broadcasts/on-publish";
import { openBroadcast, type Reach, reachOf } from "../../broadcasts/open";
import { type Reached, saveReach } from "../../broadcasts/save-reach";
import { lockMembers } from "../../members/lock";
import { holdJourney } from "../../plans/hold";
import { loadPlans } from "../../plans/plans";
import { isBuilding } from "../../segments/is-building";
import { ringFor } from "../ring-for";
import { enter } from "./enter";
import { reachedBefore } from "./reached-before";
import { asksOfRuns, hasUnmoved } from "./unmoved";

/** Members looked at by one transaction. */
const PAGE = 500;
/** Entries that wait to be conducted; beyond these a broadcast only makes them wait longer. */
const MOST_WAITING = 2_000;
/** Real-time events come first: behind this lag a broadcast stands still. */
const MOST_LAG_MS = 1_000;
const LOOK_AGAIN_MS = 200;
/** Runs whose time was up before move first, for so long. */
const PATIENCE_MS = 60_000;
/** A large segment takes minutes to be built. */
const BUILT_AGAIN_MS = 1_000;

export type BroadcastTurn = { is: "moved" } | { is: "wait"; ms: number } | { is: "idle" } | { is: "over" };

type Row = {
  journey: JourneyId;
  state: string;
  startsAt: Date;
  audience: Reach;
  position: MemberId | null;
  startedAt: Date | null;
  rateFrom: Date | null;
  rateCount: number;
  askedBy: string;
};
type Place = {
  state: string;
  plan: PlanId | null;
  shards: number;
  zone: string;
  holdout: Holdout | null;
  now: Date;
};

/**
 * One page of a broadcast: its members enter, and where it ended is written, in one transaction, so that a kill neither repeats nor skips
 * anybody. Memory is a page's, however large the audience.
 */
export async function broadcastTurn(workspace: WorkspaceId, id: string): Promise<BroadcastTurn> {
  const turn = await turnOf(workspace, id);
  if (turn.is !== "count") return turn;
  const counted = await turnOf(workspace, id, await countOf(workspace, turn));
  return counted.is === "count" ? { is: "moved" } : counted;
}

/** Whom it is to reach, counted before it begins: under no lock, since nobody may wait for a look at all members. */
type Counting = { is: "count"; audience: Reach; now: Date };
/** null: more than can be counted in time; the broadcast goes on without. */
type Counted = { size: number | null };

/** Longer than any rule should take over millions of members, and below the transaction's own limit. */
const COUNTED_WITHIN = sql`SET LOCAL statement_timeout = '30s'`;

async function countOf(workspace: WorkspaceId, { audience, now }: Counting): Promise<Counted> {
  try {
    return await engine(async (tx) => {
      tx.push(COUNTED_WITHIN);
      return { size: await sizeOf(tx, workspace, audience, now) };
    });
  } catch (error) {
    if (isTooSlow(error)) return { size: null };
    throw error;
  }
}

function turnOf(workspace: WorkspaceId, id: string, counted?: Counted): Promise<BroadcastTurn | Counting> {
  return engine(async (tx) => {
    const of = await tx.one<{ journey: JourneyId }>(
      sql`SELECT journey_id AS journey FROM broadcast WHERE workspace_id = ${workspace} AND id = ${id}`,
    );
    if (!of) return { is: "over" };
    // The journey first, as everywhere.
    holdJourney(tx, of.journey);
    const place = await tx.one<Place>(sql`
      SELECT j.state, j.plan_id AS plan, j.shards, w.time_zone AS zone, w.settings -> 'holdout' AS holdout, clock_timestamp() AS now
      FROM journey j JOIN workspace w ON w.id = j.workspace_id
      WHERE j.workspace_id = ${workspace} AND j.id = ${of.journey}`);
    const row = await tx.one<Row>(sql`
      SELECT journey_id AS journey, state, starts_at AS "startsAt", audience, position, started_at AS "startedAt", rate_from AS "rateFrom", rate_count AS "rateCount", asked_by AS "askedBy"
      FROM broadcast WHERE workspace_id = ${workspace} AND id = ${id} FOR UPDATE`);
    if (!place || !row || row.state === "done" || row.state === "cancelled") return { is: "over" };
    if (place.state === "stopped" || place.state === "archived") {
      await saveReach(tx, workspace, id, { state: "cancelled", endedAt: place.now });
      return { is: "over" };
    }
    if (row.state === "paused" || place.state !== "live" || row.startsAt > place.now) return { is: "idle" };
    // A page behind the builder would pass over whoever it has not come to.
    if (await isBuilding(tx, workspace, row.audience.segment)) return { is: "wait", ms: BUILT_AGAIN_MS };
    if (row.state === "waiting") {
      if (!counted) return { is: "count", audience: row.audience, now: place.now };
      return begin(tx, workspace, id, row, place, counted.size);
    }
    if ((await isBehind(tx)) || (await areToMove(tx, workspace, row, place))) return { is: "wait", ms: LOOK_AGAIN_MS };
    return page(tx, workspace, id, row, place);
  });
}

/** Of a schedule the next one is set up. */
async function begin(
  tx: Tx,
  workspace: WorkspaceId,
  id: string,
  row: Row,
  { now, zone, plan }: Place,
  audienceSize: number | null,
): Promise<BroadcastTurn> {
  await saveReach(tx, workspace, id, { state: "running", startedAt: now, audienceSize, rateFrom: now });
  const entry = plan === null ? undefined : (await loadPlans(tx, workspace, [plan])).get(plan)?.entry;
  if (entry?.on === "schedule") {
    // From the instant it was for: those that a long stop missed come once, as this one.
    const startsAt = nextInstant(entry, zone, now);
    if (startsAt)
      await openBroadcast(tx, workspace, row.journey, { startsAt, reach: reachOf(entry), by: row.askedBy, now });
  }
  return { is: "moved" };
}

async function page(
  tx: Tx,
  workspace: WorkspaceId,
  id: string,
  row: Row,
  { now, zone, plan: planId, shards, holdout }: Place,
): Promise<BroadcastTurn> {
  const plan = planId === null ? undefined : (await loadPlans(tx, workspace, [planId])).get(planId);
  if (!plan) return { is: "idle" };
  const rate = allowance({ perMinute: row.audience.perMinute, from: row.rateFrom ?? now, count: row.rateCount }, now);
  const room = Math.min(rate.count, PAGE);
  if (room === 0) {
    if (rate.from) await saveReach(tx, workspace, id, { rateFrom: rate.from });
    return { is: "wait", ms: rate.waitMs };
  }
  if (await isFull(tx, workspace, row.journey, shards)) return { is: "wait", ms: LOOK_AGAIN_MS };
  const found = await pageOf(tx, workspace, row.audience, row.position, PAGE, now);
  if (found.last === null) {
    await saveReach(tx, workspace, id, { state: "done", endedAt: now });
    return { is: "over" };
  }
  const members = found.members.slice(0, room);
  // Of a page cut short by the rate the rest is looked at again: nobody is passed over who was not taken.
  const isCut = members.length < found.members.length;
  const position = isCut ? members.at(-1) : found.last;
  const [locked, before] = await Promise.all([
    lockMembers(tx, workspace, members),
    reachedBefore(tx, workspace, row.journey, members, { by: "broadcast", id }),
  ]);
  const at = now.getTime();
  const coming = before.size > 0 ? members.filter((member) => !before.has(member)) : members;
  const entrants = coming.map((member) => ({
    member,
    key: plan.reentry.is === "per_key" ? id : "",
    event: {
      id: newId<EventId>(at),
      name: row.audience.event,
      properties: { broadcast_id: id },
      occurredAt: at,
      acceptedAt: at,
      isHistorical: false,
    },
  }));
  const entered = await enter(tx, { workspace, now, zone }, { id: row.journey, shards, plan, holdout }, entrants, {
    locked,
    isBulk: true,
  });
  const reached: Reached = {
    position,
    seen: isCut ? members.length : found.seen,
    entered: entered.length,
    rated: members.length,
    ...(rate.from && { rateFrom: rate.from }),
  };
  await saveReach(tx, workspace, id, reached);
  ringFor(tx, workspace, entered);
  return { is: "moved" };
}

/** Accepted events wait too long; each lane's first tells, by its primary key. */
async function isBehind(tx: Tx): Promise<boolean> {
  const row = await tx.one<{ ms: number | null }>(sql`
    SELECT (extract(epoch FROM clock_timestamp() - min(i.accepted_at)) * 1000)::float8 AS ms
    FROM lane l CROSS JOIN LATERAL (SELECT accepted_at FROM inbox WHERE lane = l.id ORDER BY workspace_id, id LIMIT 1) i`);
  return (row?.ms ?? 0) > MOST_LAG_MS;
}

/** Runs that can keep members out, and whose time was up before the broadcast's instant: they move before its first page (decision 113). */
async function areToMove(tx: Tx, workspace: WorkspaceId, row: Row, { plan: id, shards, now }: Place): Promise<boolean> {
  const { journey, startsAt, startedAt, position } = row;
  if (id === null || position !== null || startedAt === null || now.getTime() - startedAt.getTime() > PATIENCE_MS)
    return false;
  const plan = (await loadPlans(tx, workspace, [id])).get(id);
  if (!plan || !asksOfRuns(plan)) return false;
  const found = await tx.one<{ are: boolean }>(
    sql`SELECT ${hasUnmoved({ workspace, journey, shards }, sql`${startsAt}::timestamptz`)} AS are`,
  );
  return found?.are === true;
}

/** By run_ready; never more rows than the bound. */
async function isFull(tx: Tx, workspace: WorkspaceId, journey: JourneyId, shards: number): Promise<boolean> {
  const row = await tx.one<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM (
      SELECT 1 FROM run WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND shard < ${shards} AND is_bulk AND state = 'ready' LIMIT ${MOST_WAITING}) r`);
  return (row?.n ?? 0) >= MOST_WAITING;
}

/** Whether a turn would do something now. */
export async function hasBroadcastWork(tx: Tx, workspace: WorkspaceId, id: string): Promise<boolean> {
  return (
    undefined !==
    (await tx.one(sql`
    SELECT 1 FROM broadcast b JOIN journey j ON j.workspace_id = b.workspace_id AND j.id = b.journey_id
    WHERE b.workspace_id = ${workspace} AND b.id = ${id} AND (
      b.state = 'running' AND j.state = 'live' OR b.state = 'waiting' AND b.starts_at <= clock_timestamp() AND j.state = 'live'
      OR b.state IN ('done', 'cancelled') OR j.state IN ('stopped', 'archived'))`))
  );
}

export const nextBroadcast = (workspace: WorkspaceId, id: string): Sql => sql`
  SELECT starts_at FROM broadcast WHERE workspace_id = ${workspace} AND id = ${id} AND state = 'waiting' AND starts_at > clock_timestamp()`;
