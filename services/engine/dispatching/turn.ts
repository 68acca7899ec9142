import { type JourneyId, laneOf, type MemberId, type RunId, type WorkspaceId } from "@/core/ids";
import type { LoadedMember, MemberChange } from "@/core/members/loaded-member";
import { DEEP, DEEP_WITHIN } from "@/core/plan/control";
import type { Plan } from "@/core/plan/plan";
import { isDeep } from "@/core/plan/react";
import { askedOf } from "@/core/rules/reads";
import { sql, type Tx } from "@/platform/db";
import type { InboxRow } from "../../events/inbox-row";
import { requeue } from "../../events/requeue";
import { loadCoupons, loadDays, loadMembers } from "../../members/load";
import { type LockedMembers, lockMembers, type MergedAway } from "../../members/lock";
import { giveOrders, readOrders } from "../../members/orders";
import { type LiveJourney, livePlace, loadPlans, readsOfPlan } from "../../plans/plans";
import { type Watched, watchedSegments } from "../../plans/watched";
import type { TurnedAway } from "../entering/turn-away";
import { behind, mapRuns } from "../lifecycle/map-runs";
import { moveMerged } from "../move-merged";
import { isLive, RUN_COLUMNS, type Run } from "../run";
import { type Line, Traffic } from "../write";

/** What one turn knows and changes of one workspace: read once, folded in memory, written once. */
export type Turn = {
  at: { workspace: WorkspaceId; now: Date; zone: string };
  journeys: readonly LiveJourney[];
  plans: Map<Plan["id"], Plan>;
  members: Map<MemberId, LoadedMember>;
  locked: LockedMembers;
  changes: Map<MemberId, MemberChange>;
  runs: Map<MemberId, Run[]>;
  touched: Set<Run>;
  lines: Line[];
  traffic: Traffic;
  readied: Set<Run>;
  /** Those that were made in it. */
  entered: Run[];
  /** Members whose events in it only tell of the past; nobody has both kinds in one turn. */
  past: ReadonlySet<MemberId>;
  segments: Watched[];
  /** Whom this turn's events can have brought into a segment or out of it. */
  wavering: Map<MemberId, { segments: Set<Watched>; depth: number | undefined }>;
  /** How many events each run had no room for. */
  overflow: Map<RunId, number>;
  /** Who does not enter whatever the journey says: too many journeys led there, or too many runs of the member are on their way. */
  away: Map<JourneyId, TurnedAway[]>;
  /** Runs that events left for the next turn are to be judged behind. */
  ahead: Set<Run>;
  /** Journeys with a bound of runs at once: places left, and how many of those taken belong to runs that are about to move on. */
  places: Map<JourneyId, { free: number; going: number }>;
  /** Those of them that events were left for. */
  crowded: Set<JourneyId>;
  /** By `journey member`, how often events that journeys one after another led to let them in before this turn, in `DEEP_WITHIN`; of members with such an event. */
  deep: ReadonlyMap<string, number>;
};

/** Locks the members' live runs, then the members, then reads both: what is read is what stays until the commit. */
export async function load(
  tx: Tx,
  workspace: WorkspaceId,
  rows: InboxRow[],
  now: Date,
): Promise<{ staying: InboxRow[]; turn: Turn }> {
  const ids = [...new Set(rows.map((row) => row.member))].sort();
  const locking = Promise.all([
    tx.run(sql`
    SELECT id FROM run WHERE workspace_id = ${workspace} AND member_id = ANY(${ids}::uuid[]) AND state IN ('ready', 'parked', 'held') ORDER BY id FOR NO KEY UPDATE`),
    lockMembers(tx, workspace, ids),
  ]);
  let merged: Awaited<ReturnType<typeof moveMerged>> = { brought: new Set(), ended: [] };
  // Only such an event can have joined two members; the merge itself knows nothing of runs.
  if (rows.some(({ event }) => event.type === "identify" || event.type === "alias" || event.type === "system")) {
    await locking;
    merged = await moveMerged(tx, workspace, ids, now);
  }
  const [[, locked], found, { zone, journeys }, members, segments, orders, deep] = await Promise.all([
    locking,
    tx.rows<Run>(sql`
    SELECT ${RUN_COLUMNS} FROM run r WHERE r.workspace_id = ${workspace} AND r.member_id = ANY(${ids}::uuid[]) AND r.state IN ('ready', 'parked', 'held') ORDER BY r.id`),
    livePlace(tx, workspace),
    loadMembers(tx, workspace, ids),
    watchedSegments(tx, workspace),
    readOrders(tx, workspace, rows),
    deepEntries(tx, workspace, rows, now),
  ]);
  giveOrders(members, orders);
  const staying = passOnMerged(tx, workspace, rows, locked.merged);
  const live = locked.standing(found);
  const plans = await loadPlans(tx, workspace, [...live.map((run) => run.plan), ...journeys.map((j) => j.plan.id)]);
  const published = new Map(journeys.map((journey) => [journey.id, journey.mappings]));
  const late = await behind(tx, workspace, live, (journey) => published.get(journey) ?? 0, plans);
  const asked = askedOf(
    [...[...plans.values()].map(readsOfPlan), ...segments.map(({ reads }) => reads)],
    now.getTime(),
    zone,
  );
  const [places] = await Promise.all([
    placesOf(tx, workspace, journeys, rows),
    asked.since !== undefined && loadDays(tx, workspace, members, asked.since),
    asked.coupons && loadCoupons(tx, workspace, members),
  ]);
  const turn: Turn = {
    at: { workspace, now, zone },
    journeys,
    plans,
    members,
    locked,
    changes: new Map(),
    runs: new Map(),
    touched: new Set(),
    lines: [],
    traffic: new Traffic(),
    readied: new Set(),
    entered: [],
    past: new Set(),
    segments,
    wavering: new Map(),
    overflow: new Map(),
    away: new Map(),
    ahead: new Set(),
    places,
    crowded: new Set(),
    deep,
  };
  for (const run of merged.ended) {
    turn.lines.push({ run: run.id, step: run.step, lap: run.lap, port: "@exit", why: { left: "merged" } });
    // A held run stands at no step of the drawing.
    if (run.state !== "held") turn.traffic.add(run, run.step, "@exit");
  }
  if (late) {
    // Readied too where they only wait for another time: their conductors look again.
    const { lines, traffic } = turn;
    for (const run of await mapRuns(tx, late, { ...turn.at, plans, members, lines, traffic })) {
      turn.touched.add(run);
      turn.readied.add(run);
    }
  }
  // Their conductors passed them by while they were a merged member's.
  for (const run of live) if (merged.brought.has(run.id) && isLive(run.state)) turn.readied.add(run);
  for (const run of live) if (isLive(run.state)) turn.runs.set(run.member, [...(turn.runs.get(run.member) ?? []), run]);
  return { staying, turn };
}

/** By run_member; of most turns nothing is asked. */
async function deepEntries(
  tx: Tx,
  workspace: WorkspaceId,
  rows: readonly InboxRow[],
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const members = [...new Set(rows.filter(({ event }) => isDeep(event)).map(({ member }) => member))];
  if (members.length === 0) return new Map();
  const counts = await tx.rows<{ journey: JourneyId; member: MemberId; n: number }>(sql`
    SELECT journey_id AS journey, member_id AS member, count(*)::int AS n FROM run
    WHERE workspace_id = ${workspace} AND member_id = ANY(${members}::uuid[]) AND entered_at > ${new Date(now.getTime() - DEEP_WITHIN)}
      AND (entry_event ->> 'depth')::int >= ${DEEP} GROUP BY 1, 2`);
  return new Map(counts.map(({ journey, member, n }) => [`${journey} ${member}`, n]));
}

/** Of the journeys with a bound of runs at once that these events may begin. By run_step; never more rows of a journey than its bound. */
async function placesOf(
  tx: Tx,
  workspace: WorkspaceId,
  journeys: readonly LiveJourney[],
  rows: readonly InboxRow[],
): Promise<Turn["places"]> {
  const bounded = journeys.flatMap(({ id, plan: { limits, entry } }) =>
    limits?.live !== undefined && rows.some(({ event }) => event.name === entry.event)
      ? [{ id, most: limits.live }]
      : [],
  );
  if (bounded.length === 0) return new Map();
  const counts = await tx.rows<{ id: JourneyId; free: number; going: number }>(sql`
    SELECT j.id, j.most - r.live AS free, r.going
    FROM unnest(${bounded.map(({ id }) => id)}::uuid[], ${bounded.map(({ most }) => most)}::int[]) AS j(id, most), LATERAL (
      SELECT count(*)::int AS live, count(*) FILTER (WHERE state = 'ready')::int AS going FROM (
        SELECT state FROM run WHERE workspace_id = ${workspace} AND journey_id = j.id AND state IN ('ready', 'parked') LIMIT j.most) AS own) AS r`);
  return new Map(counts.map(({ id, ...place }) => [id, place]));
}

/** A row whose member has merged goes to the survivor's lane, behind what is there. */
function passOnMerged(tx: Tx, workspace: WorkspaceId, rows: InboxRow[], merged: readonly MergedAway[]): InboxRow[] {
  if (merged.length === 0) return rows;
  const into = new Map(merged.map((m) => [m.id, m.into]));
  const gone = rows.flatMap((row) => {
    const member = into.get(row.member);
    return member ? [{ lane: laneOf(workspace, member), member, event: row.event }] : [];
  });
  requeue(tx, workspace, gone);
  return rows.filter((row) => !into.has(row.member));
}
