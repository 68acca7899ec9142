import type { MemberId, WorkspaceId } from "@/core/ids";
import { hears } from "@/core/plan/plan";
import { isOfThePast } from "@/core/plan/react";
import { sql, type Tx } from "@/platform/db";
import { buryRow } from "../../events/bury";
import type { InboxRow } from "../../events/inbox-row";
import { saveProjection } from "../../members/save";
import type { LiveJourney } from "../../plans/plans";
import { keep, type Pair } from "../../segments/keep";
import { keepDues } from "../entering/due";
import { enter } from "../entering/enter";
import type { Entrant } from "../entering/entrant";
import { turnAway } from "../entering/turn-away";
import { ringFor } from "../ring-for";
import { nextInstantOf, type Run } from "../run";
import { saveLastLines, saveOverflow, saveRuns, saveTraffic } from "../write";
import { carry, choose, prepare, type Ready, ringByDues } from "./carry";
import { halfway, keepInMind, movable, toRing } from "./instant";
import { judge } from "./judge";
import { noteWaiting } from "./patience";
import { load, type Turn } from "./turn";

/** A turn holds journeys, conductors and counters until its commit, and each further event that lets one member in is a round of its own. */
const MOST_HEARD = 8;

/** `carried`: runs that were moved here and now; `left`: rows that the turn did not come to, in their order the first of the next. */
export type Acted = { carried: Run[]; left: ReadonlySet<InboxRow> };

/**
 * The events of one workspace's share of a turn, each member's in their order: project, then goals, exits and waits of the runs, then entries,
 * which see the state after those moves. Folded in memory, written once. An event whose judging throws is buried alone. `carries`: what few runs
 * become ready are moved here and now; the others' conductors are rung.
 */
export async function actOn(
  tx: Tx,
  workspace: WorkspaceId,
  rows: InboxRow[],
  now: Date,
  { carries }: { carries: boolean },
): Promise<Acted> {
  const { staying, turn } = await load(tx, workspace, rows, now);
  const { taken, left, past } = upToHeard(staying, turn.journeys);
  turn.past = past;
  let admitting: Promise<void> | undefined;
  let preparing: Promise<Ready | undefined> | undefined;
  const all = rounds(taken);
  const waiting = new Set<MemberId>();
  let half: ReadonlySet<MemberId> = new Set();
  for (const [i, round] of all.entries()) {
    await admitting;
    const entrants = new Map<LiveJourney, Entrant[]>();
    for (const row of round) {
      try {
        const judged = waiting.has(row.member) ? "later" : judge(turn, row);
        if (judged === "later") {
          waiting.add(row.member);
          left.add(row);
        } else
          for (const { journey, entrant } of judged) entrants.set(journey, [...(entrants.get(journey) ?? []), entrant]);
      } catch (error) {
        await buryRow(tx, workspace, row, error);
      }
    }
    admitting = entrants.size > 0 ? admit(tx, turn, entrants) : undefined;
    if (i < all.length - 1) continue;
    half = halfway(staying, left);
    // In the same round trip, unless entering locks counters, which come before the stocks.
    if (carries && ![...entrants.keys()].some(({ plan }) => plan.limits || plan.group))
      preparing = prepare(tx, workspace, turn.plans, moving(turn, half), without(half, entrants));
  }
  saveOverflow(tx, workspace, turn.overflow, now);
  for (const [journey, away] of turn.away) turnAway(tx, workspace, journey, away, now);
  saveProjection(tx, workspace, [...turn.changes.values()], now);
  await Promise.all([admitting, preparing]);
  if (carries) preparing ??= prepare(tx, workspace, turn.plans, moving(turn, half), new Map());
  const ready = await preparing;
  const carried = ready ? choose(movable(turn, half), ready, turn.entered) : [];
  for (const run of carried) {
    turn.touched.delete(run);
    turn.readied.delete(run);
    turn.ahead.delete(run);
  }
  flush(tx, turn);
  const changed = [...turn.changes.values()].map(({ member }) => member);
  await Promise.all([
    ready && carried.length > 0 ? carry(tx, turn.at, carried, { ...turn, ready }, turn) : leaveTraces(tx, turn),
    keep(tx, turn.at, pairsOf(turn), { tells: true }),
    keepDues(tx, turn.at, turn.journeys, changed, turn.past),
  ]);
  const acted = taken.filter((row) => !left.has(row));
  // Those left to their conductors.
  ringFor(tx, workspace, toRing(turn, carries ? half : new Set()));
  if (carries) keepInMind(turn, half, carried);
  // The workers' timers move them, or start their conductors where they are a crowd.
  ringByDues(tx, workspace, await heldBackUntilNow(tx, turn, acted));
  noteWaiting([...[...turn.ahead].map(({ id }) => id), ...turn.crowded]);
  return { carried, left };
}

/**
 * What the turn is to move. `first`: however many they are: events are left behind them, or others wait for the places they hold.
 */
function moving(turn: Turn, half: ReadonlySet<MemberId>): { readied: Run[]; first: Set<Run> } {
  const readied = movable(turn, half);
  const holding = readied.filter(({ plan }) => turn.plans.get(plan)?.limits?.live !== undefined);
  return { readied, first: new Set([...turn.ahead, ...holding]) };
}

/** Who enters and can be moved in the same turn. */
const without = (
  half: ReadonlySet<MemberId>,
  entrants: ReadonlyMap<LiveJourney, Entrant[]>,
): Map<LiveJourney, Entrant[]> =>
  new Map(
    [...entrants].flatMap(([journey, own]): [LiveJourney, Entrant[]][] => {
      const whole = own.filter(({ member }) => !half.has(member));
      return whole.length > 0 ? [[journey, whole]] : [];
    }),
  );

/**
 * Runs whose time was up before, and waited for no more than the rows that this turn took: no other row of their member was accepted in time. By
 * inbox_member.
 */
async function heldBackUntilNow(tx: Tx, { at, runs }: Turn, taken: readonly InboxRow[]): Promise<Run[]> {
  const past = [...runs.values()].flat().filter((run) => isWaiting(run) && nextInstantOf(run) <= at.now.getTime());
  if (past.length === 0) return [];
  const members = [...new Set(past.map(({ member }) => member))];
  const rows = await tx.rows<{ member: MemberId; at: Date }>(sql`
    SELECT m.id AS member, i.accepted_at AS at FROM unnest(${members}::uuid[]) AS m(id) CROSS JOIN LATERAL (
      SELECT accepted_at FROM inbox WHERE workspace_id = ${at.workspace} AND member_id = m.id AND id <> ALL(${taken.map(({ id }) => id)}::bigint[])
      ORDER BY accepted_at LIMIT 1) AS i`);
  const next = new Map(rows.map((row) => [row.member, row.at.getTime()]));
  return past.filter((run) => (next.get(run.member) ?? Number.POSITIVE_INFINITY) > nextInstantOf(run));
}

/** Who is held is looked at only where time alone may bring them somewhere; that they are observed no longer is told by others. */
const isWaiting = ({ state, lookAt }: Run): boolean => state === "parked" || (state === "held" && lookAt !== null);

type Share = { taken: InboxRow[]; left: Set<InboxRow>; past: Set<MemberId> };

/**
 * Each member's oldest, up to the last that journeys may hear in one turn: any number of others, which only change the member. Only of one kind, such as
 * tell of the past or of now: what the turn brings a member to is then of that kind.
 */
function upToHeard(rows: InboxRow[], journeys: readonly LiveJourney[]): Share {
  const kinds = new Map<MemberId, boolean>();
  const over = new Set<MemberId>();
  const isHeard = new Map<string, boolean>();
  const heard = new Map<MemberId, number>();
  const left = new Set<InboxRow>();
  for (const row of rows) {
    const { member, event } = row;
    const count = heard.get(member) ?? 0;
    const isPast = isOfThePast(event);
    if (count >= MOST_HEARD || (kinds.get(member) ?? isPast) !== isPast) over.add(member);
    kinds.set(member, kinds.get(member) ?? isPast);
    if (over.has(member)) {
      left.add(row);
      continue;
    }
    const counts = isHeard.get(event.name) ?? journeys.some(({ plan }) => hears(plan, event.name));
    isHeard.set(event.name, counts);
    if (counts) heard.set(member, count + 1);
  }
  const past = new Set([...kinds].flatMap(([member, isPast]) => (isPast ? [member] : [])));
  return { taken: rows.filter((row) => !left.has(row)), left, past };
}

function leaveTraces(tx: Tx, { at, lines, traffic }: Turn): void {
  saveLastLines(tx, at.workspace, lines, at.now);
  saveTraffic(tx, at.workspace, traffic.all(), at.now);
}

/** The members as the turn left them, each with the segments it may have moved into or out of. */
const pairsOf = ({ members, wavering, past }: Turn): Pair[] =>
  [...wavering].flatMap(([id, { segments, depth }]) => {
    const member = members.get(id);
    return member ? [...segments].map((segment) => ({ member, segment, depth, isHistorical: past.has(id) })) : [];
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

/** Enters one round. Runs that ended in this turn are written first: re-entry asks their entry rows. */
async function admit(tx: Tx, turn: Turn, entrants: Map<LiveJourney, Entrant[]>): Promise<void> {
  flush(tx, turn);
  const open = (journey: LiveJourney, own: Entrant[]) =>
    enter(tx, turn.at, journey, own, { locked: turn.locked, isBulk: false, members: turn.members });
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
    turn.entered.push(run);
  }
}

function flush(tx: Tx, turn: Turn): void {
  saveRuns(tx, turn.at.workspace, [...turn.touched], turn.at.now);
  turn.touched.clear();
}
