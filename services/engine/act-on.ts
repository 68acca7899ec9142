import type { InboxEvent } from "@/core/events/inbox-event";
import { laneOf, type MemberId, type RunId, type WorkspaceId } from "@/core/ids";
import type { LoadedMember, MemberChange } from "@/core/members/loaded-member";
import { project } from "@/core/members/project";
import { duePort } from "@/core/plan/advance";
import { JOURNEY_STOP } from "@/core/plan/control";
import { hears, type Plan } from "@/core/plan/plan";
import { goalValue, MOST_MAIL, react, starts } from "@/core/plan/react";
import type { EventFacts, Facts } from "@/core/rules/facts";
import { asksForCoupons } from "@/core/rules/reads";
import { dayOf, dayPlus } from "@/core/time/day";
import { sql, type Tx } from "@/platform/db";
import { bury } from "../events/bury";
import type { InboxRow } from "../events/inbox-row";
import { requeue } from "../events/requeue";
import { asksCoupons, type LiveJourney, liveJourneys, loadPlans, lookback } from "../journeys/plans";
import { loadCoupons, loadDays, loadMembers } from "../members/load";
import { lockMembers } from "../members/lock";
import { loadOrders } from "../members/orders";
import { saveProjection } from "../members/save";
import { affected } from "../segments/affected";
import { keep, type Pair } from "../segments/keep";
import { type Watched, watchedSegments } from "../segments/watched";
import { carry, choose, prepare, type Ready } from "./carry";
import { keepDues } from "./entering/due";
import { enter } from "./entering/enter";
import type { Entrant } from "./entering/entrant";
import { factsOf } from "./leg";
import { behind, mapRuns } from "./lifecycle/map-runs";
import { moveMerged } from "./move-merged";
import { ringFor } from "./ring-for";
import { isLive, RUN_COLUMNS, type Run } from "./run";
import { type Line, saveLastLines, saveOverflow, saveRuns, saveTraffic, Traffic } from "./write";

type Turn = {
  at: { workspace: WorkspaceId; now: Date; zone: string };
  journeys: LiveJourney[];
  plans: Map<Plan["id"], Plan>;
  members: Map<MemberId, LoadedMember>;
  changes: Map<MemberId, MemberChange>;
  runs: Map<MemberId, Run[]>;
  touched: Set<Run>;
  lines: Line[];
  traffic: Traffic;
  readied: Set<Run>;
  segments: Watched[];
  /** Whom this turn's events can have brought into a segment or out of it. */
  wavering: Map<MemberId, { segments: Set<Watched>; depth: number | undefined }>;
  /** How many events each run had no room for. */
  overflow: Map<RunId, number>;
};

/**
 * The events of one workspace's share of a turn, each member's in their order: project, then goals, exits and waits of the runs, then entries,
 * which see the state after those moves. Folded in memory, written once. An event whose judging throws is buried alone. `carries`: what few runs
 * become ready are moved here and now, and returned; the others' conductors are rung.
 */
export async function actOn(
  tx: Tx,
  workspace: WorkspaceId,
  rows: InboxRow[],
  now: Date,
  { carries }: { carries: boolean },
): Promise<Run[]> {
  const { staying, turn } = await load(tx, workspace, rows, now);
  let admitting: Promise<void> | undefined;
  let preparing: Promise<Ready | undefined> | undefined;
  const all = rounds(staying);
  for (const [i, round] of all.entries()) {
    await admitting;
    const entrants = new Map<LiveJourney, Entrant[]>();
    for (const row of round) {
      try {
        for (const { journey, entrant } of judge(turn, row))
          entrants.set(journey, [...(entrants.get(journey) ?? []), entrant]);
      } catch (error) {
        await bury(tx, workspace, {
          kind: "event",
          reason: error instanceof Error ? error.message : String(error),
          member: row.member,
          payload: row.event,
        });
      }
    }
    admitting = entrants.size > 0 ? admit(tx, turn, entrants) : undefined;
    // In the same round trip, unless entering locks counters, which come before the stocks.
    if (carries && i === all.length - 1 && ![...entrants.keys()].some(({ plan }) => plan.limits || plan.group))
      preparing = prepare(tx, workspace, turn.plans, turn.readied, entrants);
  }
  saveOverflow(tx, workspace, turn.overflow, now);
  saveProjection(tx, workspace, [...turn.changes.values()], now);
  const [, early] = await Promise.all([admitting, preparing]);
  const ready =
    carries && preparing === undefined ? await prepare(tx, workspace, turn.plans, turn.readied, new Map()) : early;
  const carried = ready ? choose(turn.readied, ready) : [];
  for (const run of carried) {
    turn.touched.delete(run);
    turn.readied.delete(run);
  }
  flush(tx, turn);
  const changed = [...turn.changes.values()].map(({ member }) => member);
  await Promise.all([
    ready && carried.length > 0 ? carry(tx, turn.at, carried, { ...turn, ready }, turn) : leaveTraces(tx, turn),
    keep(tx, turn.at, pairsOf(turn), { tells: true }),
    keepDues(tx, turn.at, turn.journeys, changed),
  ]);
  // Those left to their conductors, and those whose time-out waited for the rows this turn took.
  const held = [...turn.runs.values()]
    .flat()
    .filter((run) => run.state === "parked" && run.dueAt !== null && run.dueAt <= now);
  ringFor(tx, workspace, [...turn.readied, ...held]);
  return carried;
}

function leaveTraces(tx: Tx, { at, lines, traffic }: Turn): void {
  saveLastLines(tx, at.workspace, lines, at.now);
  saveTraffic(tx, at.workspace, traffic.all(), at.now);
}

/** A row whose member has merged goes to the survivor's lane, behind what is there. */
async function passOnMerged(
  tx: Tx,
  workspace: WorkspaceId,
  rows: InboxRow[],
  merged: readonly { id: MemberId; into: MemberId }[],
): Promise<InboxRow[]> {
  if (merged.length === 0) return rows;
  const into = new Map(merged.map((m) => [m.id, m.into]));
  const gone = rows.flatMap((row) => {
    const member = into.get(row.member);
    return member ? [{ lane: laneOf(workspace, member), member, event: row.event }] : [];
  });
  await requeue(tx, workspace, gone);
  return rows.filter((row) => !into.has(row.member));
}

/** Locks the members' live runs, then the members, then reads both: what is read is what stays until the commit. */
async function load(
  tx: Tx,
  workspace: WorkspaceId,
  rows: InboxRow[],
  now: Date,
): Promise<{ staying: InboxRow[]; turn: Turn }> {
  const ids = [...new Set(rows.map((row) => row.member))].sort();
  const locks = [
    tx.run(sql`
    SELECT id FROM run WHERE workspace_id = ${workspace} AND member_id = ANY(${ids}::uuid[]) AND state IN ('ready', 'parked', 'held') ORDER BY id FOR NO KEY UPDATE`),
    lockMembers(tx, workspace, ids),
  ];
  // Only such an event can have joined two members; the merge itself knows nothing of runs.
  if (rows.some(({ event }) => event.type === "identify" || event.type === "alias" || event.type === "system")) {
    await Promise.all(locks);
    await moveMerged(tx, workspace, ids, now);
  }
  const [merged, live, journeys, place, members, segments] = await Promise.all([
    tx.rows<{ id: MemberId; into: MemberId }>(sql`
    SELECT id, merged_into AS into FROM member WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[]) AND merged_into IS NOT NULL`),
    tx.rows<Run>(sql`
    SELECT ${RUN_COLUMNS} FROM run r WHERE r.workspace_id = ${workspace} AND r.member_id = ANY(${ids}::uuid[]) AND r.state IN ('ready', 'parked', 'held') ORDER BY r.id`),
    liveJourneys(tx, workspace),
    tx.one<{ zone: string }>(sql`SELECT time_zone AS zone FROM workspace WHERE id = ${workspace}`),
    loadMembers(tx, workspace, ids),
    watchedSegments(tx, workspace),
    ...locks,
  ]);
  const staying = await passOnMerged(tx, workspace, rows, merged);
  const plans = await loadPlans(tx, workspace, [...live.map((run) => run.plan), ...journeys.map((j) => j.plan.id)]);
  const published = new Map(journeys.map((journey) => [journey.id, journey.mappings]));
  const late = await behind(tx, workspace, live, (journey) => published.get(journey) ?? 0, plans);
  const zone = place?.zone ?? "UTC";
  const back = [...[...plans.values()].map(lookback), ...segments.map(({ reads }) => reads.lookback)].filter(
    (days) => days !== null,
  );
  const asks = [...plans.values()].some(asksCoupons) || segments.some(({ reads }) => asksForCoupons(reads));
  await Promise.all([
    back.length > 0 && loadDays(tx, workspace, members, dayPlus(dayOf(now.getTime(), zone), -Math.max(...back))),
    asks && loadCoupons(tx, workspace, members),
    loadOrders(tx, workspace, members, staying),
  ]);
  const turn: Turn = {
    at: { workspace, now, zone },
    journeys,
    plans,
    members,
    changes: new Map(),
    runs: new Map(),
    touched: new Set(),
    lines: [],
    traffic: new Traffic(),
    readied: new Set(),
    segments,
    wavering: new Map(),
    overflow: new Map(),
  };
  if (late) {
    // Readied too where they only wait for another time: their conductors look again.
    const { lines, traffic } = turn;
    for (const run of mapRuns(tx, late, { ...turn.at, plans, members, lines, traffic })) {
      turn.touched.add(run);
      turn.readied.add(run);
    }
  }
  for (const run of live) if (isLive(run.state)) turn.runs.set(run.member, [...(turn.runs.get(run.member) ?? []), run]);
  return { staying, turn };
}

/** The members as the turn left them, each with the segments it may have moved into or out of. */
const pairsOf = ({ members, wavering }: Turn): Pair[] =>
  [...wavering].flatMap(([id, { segments, depth }]) => {
    const member = members.get(id);
    return member ? [...segments].map((segment) => ({ member, segment, depth })) : [];
  });

/** The k-th events of all members, for k = 1, 2, …: sets as large as order allows. */
function rounds(rows: InboxRow[]): InboxRow[][] {
  const all: InboxRow[][] = [];
  const seen = new Map<MemberId, number>();
  for (const row of rows) {
    const k = seen.get(row.member) ?? 0;
    seen.set(row.member, k + 1);
    (all[k] ??= []).push(row);
  }
  return all;
}

/** One event: first everything is decided, then everything is set, so that an error leaves nothing half done. */
function judge(turn: Turn, { member: id, event }: InboxRow): { journey: LiveJourney; entrant: Entrant }[] {
  const before = turn.members.get(id);
  if (!before) throw new Error("its member is missing");
  const { member, facts: deltas, order, isRepeat } = project(before, event, turn.at.zone);
  const facts: Facts = {
    ...factsOf({ member: id } as Run, { members: new Map([[id, member]]) }, turn.at, turn.at.now),
    event: isRepeat ? { ...event, isRepeat } : event,
  };
  const hasMoved = member.timeZone !== before.timeZone;
  const decided = (turn.runs.get(id) ?? [])
    .filter((run) => isLive(run.state))
    .flatMap((run) => {
      if (isStop(event, run)) return [{ run, isMoved: true, set: (turn: Turn) => stop(run, event, turn) }];
      const plan = turn.plans.get(run.plan);
      return plan && (hasMoved || hears(plan, event.name))
        ? [{ run, plan, ...decide(plan, run, facts, hasMoved) }]
        : [];
    });
  const moved = new Set(decided.filter((d) => d.isMoved).map((d) => `${d.run.journey} ${d.run.key}`));
  const entrants = turn.journeys.flatMap((journey) => {
    // Outsiders may send an event of any name; only we ask for an entry.
    if (journey.plan.entry.on === "call" && event.type !== "system") return [];
    const start = starts(journey.plan, facts);
    if (!start || (moved.has(`${journey.id} ${start.key}`) && journey.plan.reentry.is !== "always")) return [];
    return [
      {
        journey,
        entrant: {
          member: id,
          key: start.key,
          event: kept(event),
        },
      },
    ];
  });
  turn.members.set(id, member);
  const { facts: earlier = [], orders = [] } = turn.changes.get(id) ?? {};
  turn.changes.set(id, { member, facts: [...earlier, ...deltas], orders: order ? [...orders, order] : orders });
  for (const segment of affected(turn.segments, { event, before, after: member, facts: deltas })) {
    const { segments, depth } = turn.wavering.get(id) ?? { segments: new Set(), depth: undefined };
    const deepest = event.depth === undefined ? depth : Math.max(depth ?? 0, event.depth);
    turn.wavering.set(id, { segments: segments.add(segment), depth: deepest });
  }
  for (const decision of decided) decision.set(turn);
  return entrants;
}

/** What a run keeps of an event. */
const kept = ({ id, name, properties, occurredAt, acceptedAt, isHistorical, depth }: EventFacts): EventFacts => ({
  id,
  name,
  properties,
  occurredAt,
  acceptedAt,
  isHistorical,
  ...(depth !== undefined && { depth }),
});

/** Another journey asked this one to let the member go. */
const isStop = ({ type, name, properties }: InboxEvent, run: Run): boolean =>
  type === "system" && name === JOURNEY_STOP && properties.journey_id === run.journey;

function stop(run: Run, event: InboxEvent, turn: Turn): void {
  leave(run, "exit", event, turn);
  run.reason = "stopped by another journey";
}

/** Ends a run where it stands, whatever it waited for. */
function leave(run: Run, as: "goal" | "exit", event: EventFacts, turn: Turn): void {
  turn.lines.push({
    run: run.id,
    step: run.step,
    lap: run.lap,
    port: `@${as}`,
    why: { event: event.id, name: event.name },
  });
  // A held run stands at no step of the drawing.
  if (run.state !== "held") turn.traffic.add(run, run.step, `@${as}`);
  Object.assign(run, { state: as === "goal" ? "goal" : "exited", mail: [], dueAt: null });
  turn.touched.add(run);
}

/** What one event does to one run, as a change to be set once all is decided. */
function decide(plan: Plan, run: Run, facts: Facts, hasMoved: boolean): { isMoved: boolean; set(turn: Turn): void } {
  const { event } = facts;
  const own: Facts = { ...facts, entry: run.entry, vars: run.vars };
  if (!event || (run.state !== "ready" && run.state !== "parked" && run.state !== "held"))
    return { isMoved: false, set() {} };
  const stands = {
    step: run.step,
    state: run.state,
    dueAt: run.dueAt?.getTime() ?? null,
    parkedAt: run.parkedAt?.getTime() ?? null,
  };
  const { goal, move } = react(plan, stands, own, { hasMoved });
  const reachGoal = (turn: Turn): void => {
    if (goal) {
      if (run.goalAt === null) Object.assign(run, { goalAt: turn.at.now, goalValue: goalValue(plan, own) });
      turn.touched.add(run);
    }
  };
  if (move === null) return { isMoved: false, set: reachGoal };
  switch (move.is) {
    case "goal":
    case "exit":
      return {
        isMoved: true,
        set(turn) {
          reachGoal(turn);
          leave(run, move.is, event, turn);
        },
      };
    case "wins":
      return {
        isMoved: true,
        set(turn) {
          reachGoal(turn);
          Object.assign(run, {
            state: "ready",
            port: move.port,
            readyBy: "event",
            readyEvent: event.id,
            dueAt: null,
            isBulk: false,
          });
          turn.touched.add(run);
          turn.readied.add(run);
        },
      };
    case "mail":
      return {
        isMoved: false,
        set(turn) {
          reachGoal(turn);
          if (run.mail.length >= MOST_MAIL) {
            turn.overflow.set(run.id, (turn.overflow.get(run.id) ?? 0) + 1);
            return;
          }
          run.mail = [...run.mail, kept(event)];
          turn.touched.add(run);
        },
      };
    case "due": {
      // Its time was up before the event: it stands on its due port now, and the event may be mail for the next wait.
      const port = duePort(plan, run.step, { ...own, event: undefined, now: run.parkedAt?.getTime() ?? own.now });
      const later: Run = { ...run, state: "ready", port, readyBy: "timer", readyEvent: null, isBulk: true };
      const then = decide(plan, later, facts, hasMoved);
      return {
        // The clock moved it, not the event: that may still begin another run.
        isMoved: then.isMoved,
        set(turn) {
          const spare: Turn = { ...turn, touched: new Set(), readied: new Set() };
          then.set(spare);
          Object.assign(run, later);
          turn.touched.add(run);
          turn.readied.add(run);
        },
      };
    }
    case "waits":
      return {
        isMoved: false,
        set(turn) {
          reachGoal(turn);
          run.dueAt = move.dueAt === null ? null : new Date(move.dueAt);
          turn.touched.add(run);
          // An earlier due instant rings, as new work does.
          turn.readied.add(run);
        },
      };
    default:
      return move satisfies never;
  }
}

/** Enters one round. Runs that ended in this turn are written first: re-entry asks their entry rows. */
async function admit(tx: Tx, turn: Turn, entrants: Map<LiveJourney, Entrant[]>): Promise<void> {
  flush(tx, turn);
  const open = (journey: LiveJourney, own: Entrant[]) => enter(tx, turn.at.workspace, journey, own, turn.at.now);
  const inOrder = [...entrants].sort(([a], [b]) => b.plan.priority - a.plan.priority || (a.id < b.id ? -1 : 1));
  const free = inOrder.filter(([{ plan }]) => !plan.group).map(([journey, own]) => open(journey, own));
  // Of journeys that exclude each other the one with the highest priority comes first, and the others see that it did.
  const grouped = (async () => {
    const runs: Run[] = [];
    for (const [journey, own] of inOrder) if (journey.plan.group) runs.push(...(await open(journey, own)));
    return runs;
  })();
  for (const run of (await Promise.all([...free, grouped])).flat()) {
    turn.runs.set(run.member, [...(turn.runs.get(run.member) ?? []), run]);
    turn.readied.add(run);
  }
}

function flush(tx: Tx, turn: Turn): void {
  saveRuns(tx, turn.at.workspace, [...turn.touched], turn.at.now);
  turn.touched.clear();
}
