import { change } from "@/core/change";
import { bare, type InboxEvent, mailOf } from "@/core/events/inbox-event";
import type { JourneyId, MemberId } from "@/core/ids";
import { project } from "@/core/members/project";
import { duePort } from "@/core/plan/advance";
import { type Because, becauseOfEntry, becauseOfExit, becauseOfGoal, becauseOfWait } from "@/core/plan/because";
import { JOURNEY_STOP } from "@/core/plan/control";
import { uncredited } from "@/core/plan/credit";
import { isOnlyOurs } from "@/core/plan/entry";
import { hears, type Plan } from "@/core/plan/plan";
import { goalValue, isCrowd, isDeep, isFlood, MOST_MAIL, react, refuses, starts } from "@/core/plan/react";
import { isKeptOutForNow } from "@/core/plan/room";
import type { EventFacts, Facts } from "@/core/rules/facts";
import { zoneOfMember } from "@/core/time/zone-of";
import type { InboxRow } from "../../events/inbox-row";
import type { LiveJourney } from "../../plans/plans";
import { affected } from "../../segments/affected";
import type { Entrant } from "../entering/entrant";
import type { AwayReason, TurnedAway } from "../entering/turn-away";
import { factsOf, othersAt } from "../leg";
import { lookAt } from "../look";
import { isLive, type Run } from "../run";
import { isTooLong, noteFree } from "./patience";
import type { Turn } from "./turn";

type Entering = { journey: LiveJourney; entrant: Entrant };

/**
 * One event: first everything is decided, then everything is set, so that an error leaves nothing half done. "later": runs that are about to move on
 * keep the member out, so they move first (`turn.ahead`, `turn.crowded`) and the event is judged behind them.
 */
export function judge(turn: Turn, { member: id, event: came }: InboxRow): Entering[] | "later" {
  const before = turn.members.get(id);
  if (!before) throw new Error("its member is missing");
  for (const run of turn.runs.get(id) ?? []) lookFirst(turn, run, came.acceptedAt);
  const { member, event, facts: deltas, order } = project(before, came, turn.at.zone);
  const facts: Facts = {
    member,
    now: turn.at.now.getTime(),
    zone: zoneOfMember(turn.at.zone, member),
    event,
  };
  const hasMoved = member.timeZone !== before.timeZone;
  const stood: Facts = { member: before, now: facts.now, zone: zoneOfMember(turn.at.zone, before) };
  const decided = (turn.runs.get(id) ?? [])
    .filter((run) => isLive(run.state))
    .flatMap((run): (Decided & { run: Run })[] => {
      if (isStop(event, run))
        return [{ run, isMoved: true, isOver: true, set: (turn: Turn) => stop(run, event, turn) }];
      const plan = turn.plans.get(run.plan);
      const by = { hasMoved, isOurs: event.type === "system", before: stood };
      return plan && (hasMoved || hears(plan, event.name)) ? [{ run, ...decide(plan, run, facts, by) }] : [];
    });
  const moved = new Set(decided.filter((d) => d.isMoved).map((d) => `${d.run.journey} ${d.run.key}`));
  const over = new Set(decided.filter((d) => d.isOver).map((d) => d.run));
  const stays = (turn.runs.get(id) ?? []).filter((run) => isLive(run.state) && !over.has(run));
  const refused: LiveJourney[] = [];
  const started = turn.journeys.flatMap((journey) => {
    if (isOnlyOurs(journey.plan.entry) && event.type !== "system") return [];
    const start = starts(journey.plan, facts);
    if (!start && event.type === "system" && refuses(journey.plan, facts)) refused.push(journey);
    if (!start || (moved.has(`${journey.id} ${start.key}`) && journey.plan.reentry.is !== "always")) return [];
    const isTooDeep = start.isTooDeep || (isDeep(event) && isFlood(event, deepInto(turn, journey.id, id)));
    const away = isTooDeep ? "too_deep" : awayOf(stays, journey);
    return [
      {
        journey,
        away,
        entrant: {
          member: id,
          key: start.key,
          event: bare(event),
          ...(away === null && { why: becauseOfEntry(journey.plan, facts) }),
        },
      },
    ];
  });
  if (comesLater(turn, started, decided, stays, { at: event.acceptedAt, before: stood })) return "later";
  const wavering = affected(turn.segments, { event, before, after: member, facts: deltas });
  turn.members.set(id, member);
  const { before: loaded = before, facts: earlier = [], orders = [] } = turn.changes.get(id) ?? {};
  turn.changes.set(id, {
    before: loaded,
    member,
    facts: [...earlier, ...deltas],
    orders: order ? [...orders, order] : orders,
  });
  for (const segment of wavering) {
    const { segments, depth } = turn.wavering.get(id) ?? { segments: new Set(), depth: undefined };
    const deepest = event.depth === undefined ? depth : Math.max(depth ?? 0, event.depth);
    turn.wavering.set(id, { segments: segments.add(segment), depth: deepest });
  }
  const open = decided.flatMap(({ run }) => (run.goalAt === null ? [{ run, isHeld: run.state === "held" }] : []));
  for (const decision of decided) decision.set(turn);
  for (const journey of new Set(open.map(({ run }) => run.journey)))
    for (const run of uncredited(open.filter((one) => one.run.journey === journey))) change(run, { goalValue: null });
  for (const { journey, entrant, away: reason } of started)
    if (reason === null) takePlace(turn, journey.id);
    else turnedAway(turn, journey, { ...entrant, reason });
  for (const journey of refused)
    turnedAway(turn, journey, { member: id, key: "", event: bare(event), reason: "rule_false" });
  return started.filter(({ away }) => away === null);
}

function turnedAway({ away }: Turn, { id }: LiveJourney, one: TurnedAway): void {
  away.set(id, [...(away.get(id) ?? []), one]);
}

type Started = Entering & { away: AwayReason | null };
/** When an event was accepted (epoch milliseconds), and what stood before it. */
type Came = { at: number; before: Facts };

/**
 * Whether one of the journeys that an event begins keeps the member out only for as long as runs have not moved on: those are to move in this turn,
 * one whose time was up before the event among them. Not for ever: what has stood there for long counts as it stands.
 */
function comesLater(
  turn: Turn,
  started: readonly Started[],
  decided: readonly (Decided & { run: Run })[],
  stays: readonly Run[],
  came: Came,
): boolean {
  let isLater = false;
  for (const { journey, entrant, away } of started) {
    if (away === "too_deep" || journey.state !== "live") continue;
    const own = stays
      .filter((run) => run.journey === journey.id)
      .map((run) => ({ run, key: run.key, falls: decided.find((one) => one.run === run)?.falls }));
    const going = own.filter(({ run, falls }) => (run.state === "ready" || falls) && !isTooLong(run.id));
    const onWay = own.map((one) => ({ ...one, isGoing: going.includes(one) }));
    const isFull = isFullForNow(turn, journey.id, going.length > 0);
    const excluding = excludingForNow(turn, journey, stays, came);
    const isInTheWay = isFull || isKeptOutForNow(journey.plan, onWay, entrant.key);
    if (!isInTheWay && excluding.length === 0) continue;
    isLater = true;
    if (isFull) turn.crowded.add(journey.id);
    for (const { run, falls } of [...(isInTheWay ? going : []), ...excluding]) {
      falls?.(turn);
      turn.ahead.add(run);
    }
  }
  return isLater;
}

/**
 * The member's runs of other journeys of the same exclusion group that are about to move on, and that the group's days no longer hold. One that an
 * event of the same turn began is not among them: the group is for who comes first.
 */
function excludingForNow(
  turn: Turn,
  { id, plan: { group } }: LiveJourney,
  stays: readonly Run[],
  { at, before }: Came,
): { run: Run; falls?: (turn: Turn) => void }[] {
  if (!group) return [];
  return stays.flatMap((run) => {
    const plan = turn.plans.get(run.plan);
    if (run.journey === id || plan?.group?.name !== group.name || isTooLong(run.id)) return [];
    if (run.entry.acceptedAt + plan.group.days * DAY_MS > at) return [];
    if (!turn.journeys.some((one) => one.id === run.journey && one.state === "live")) return [];
    if (run.state === "ready") return [{ run }];
    const isUp = run.state === "parked" && run.dueAt !== null && run.dueAt.getTime() < at;
    return isUp ? [{ run, falls: becoming(run, onDuePort(plan, run, before)) }] : [];
  });
}

const DAY_MS = 86_400_000;

/** Whether a journey has no place only as long as runs that are about to move on, the member's own or others', hold theirs. */
function isFullForNow({ places }: Turn, journey: JourneyId, hasGoing: boolean): boolean {
  const known = places.get(journey);
  return known !== undefined && known.free <= 0 && (hasGoing || (known.going > 0 && !isTooLong(journey)));
}

function takePlace({ places }: Turn, journey: JourneyId): void {
  const known = places.get(journey);
  if (!known) return;
  if (known.free > 0) noteFree(journey);
  places.set(journey, { free: known.free - 1, going: known.going + 1 });
}

/** What the clock alone had brought before the event was accepted comes before it, with the member as they were. */
function lookFirst(turn: Turn, run: Run, acceptedAt: number): void {
  const plan = turn.plans.get(run.plan);
  if (!plan || run.state === "ready" || run.lookAt === null || run.lookAt.getTime() >= acceptedAt) return;
  const facts = (at: Date): Facts => factsOf(run, turn, turn.at, at);
  const open = lookAt(run, plan, { until: acceptedAt - 1, now: turn.at.now, facts }, turn);
  turn.touched.add(run);
  if (!open) return;
  const { port, at, why } = open;
  const readyWhy = { rule: why, ...othersAt(run, plan, port, facts(new Date(at))) };
  change(run, { state: "ready", port, dueAt: new Date(at), ...BY_THE_CLOCK, readyWhy });
  turn.readied.add(run);
}

const BY_THE_CLOCK = { readyBy: "timer", readyEvent: null, readyWhy: null, isBulk: true } as const;

/** Why a member does not enter, whatever the journey says of entering. `stays`: the runs that are on their way when the event's moves are done. */
function awayOf(stays: readonly Run[], { id, plan }: LiveJourney): AwayReason | null {
  return isCrowd(plan, stays.filter(({ journey }) => journey === id).length) ? "limit_member" : null;
}

/** How often what journeys one after another led to has let a member into a journey lately, this turn's entries among them. */
const deepInto = ({ deep, entered }: Turn, journey: JourneyId, member: MemberId): number =>
  (deep.get(`${journey} ${member}`) ?? 0) +
  entered.filter((run) => run.journey === journey && run.member === member && isDeep(run.entry)).length;

/** Another journey asked this one to let the member go. */
const isStop = ({ type, name, properties }: InboxEvent, run: Run): boolean =>
  type === "system" && name === JOURNEY_STOP && properties.journey_id === run.journey;

function stop(run: Run, event: InboxEvent, turn: Turn): void {
  leave(run, "exit", event, turn);
  run.reason = "stopped by another journey";
}

/** Ends a run where it stands, whatever it waited for. */
function leave(run: Run, as: "goal" | "exit", event: EventFacts, turn: Turn, because: Because = {}): void {
  turn.lines.push({
    run: run.id,
    step: run.step,
    lap: run.lap,
    port: `@${as}`,
    why: { event: event.id, name: event.name, ...because },
  });
  // A held run stands at no step of the drawing.
  if (run.state !== "held") turn.traffic.add(run, run.step, `@${as}`);
  change(run, { state: as === "goal" ? "goal" : "exited", mail: [], dueAt: null });
  turn.touched.add(run);
}

/** What one event does to one run, as a change to be set once all is decided. `isOver`: it ends the run; `falls`: its time was up before the event. */
type Decided = { isMoved: boolean; isOver?: boolean; falls?(turn: Turn): void; set(turn: Turn): void };

/** How an event came; `before`: what stood before it. */
type By = { hasMoved: boolean; isOurs: boolean; before: Facts };

function decide(plan: Plan, run: Run, facts: Facts, by: By): Decided {
  const { event } = facts;
  const own: Facts = { ...facts, entry: run.entry, vars: run.vars };
  if (!event || (run.state !== "ready" && run.state !== "parked" && run.state !== "held"))
    return { isMoved: false, set() {} };
  const stands = {
    step: run.step,
    state: run.state,
    dueAt: run.dueAt?.getTime() ?? null,
    parkedAt: run.parkedAt?.getTime() ?? null,
    lookAt: run.lookAt?.getTime() ?? null,
  };
  const { goal, move } = react(plan, stands, own, by);
  const reachGoal = (turn: Turn): void => {
    if (goal) {
      if (run.goalAt === null) change(run, { goalAt: turn.at.now, goalValue: goalValue(plan, own) });
      turn.touched.add(run);
    }
  };
  if (move === null) return { isMoved: false, set: reachGoal };
  switch (move.is) {
    case "goal":
    case "exit": {
      const because = move.is === "goal" ? becauseOfGoal(plan, own) : becauseOfExit(plan, move.exit, own);
      return {
        isMoved: true,
        isOver: true,
        set(turn) {
          reachGoal(turn);
          leave(run, move.is, event, turn, because);
        },
      };
    }
    case "wins": {
      const readyWhy = becauseOfWait(plan, run.step, move.won, run.parkedAt?.getTime() ?? own.now);
      return {
        isMoved: true,
        set(turn) {
          reachGoal(turn);
          change(run, {
            state: "ready",
            port: move.won.port,
            readyBy: "event",
            readyEvent: event.id,
            readyWhy,
            dueAt: null,
            isBulk: false,
          });
          turn.touched.add(run);
          turn.readied.add(run);
        },
      };
    }
    case "mail":
      return {
        isMoved: false,
        set(turn) {
          reachGoal(turn);
          if (run.mail.length >= MOST_MAIL) {
            turn.overflow.set(run.id, (turn.overflow.get(run.id) ?? 0) + 1);
            return;
          }
          run.mail = [...run.mail, mailOf(event, by)];
          turn.touched.add(run);
        },
      };
    case "due": {
      // Its time was up before the event: it stands on its due port now, and the event may be mail for the next wait.
      const later = onDuePort(plan, run, by.before);
      const then = decide(plan, later, facts, by);
      const falls = becoming(run, later);
      return {
        // The clock moved it, not the event: that may still begin another run.
        ...then,
        falls,
        set(turn) {
          const spare: Turn = { ...turn, touched: new Set(), readied: new Set() };
          then.set(spare);
          falls(turn);
        },
      };
    }
    case "waits":
      return {
        isMoved: false,
        set(turn) {
          reachGoal(turn);
          run.dueAt = move.dueAt === null ? null : new Date(move.dueAt);
          run.lookAt = move.lookAt === null ? null : new Date(move.lookAt);
          turn.touched.add(run);
          // An earlier instant rings, as new work does.
          turn.readied.add(run);
        },
      };
    default:
      return move satisfies never;
  }
}

/** A run that waits, as it is once its time is up. `before`: what stood before whatever came behind it. */
function onDuePort(plan: Plan, run: Run, before: Facts): Run {
  const { entry, vars, parkedAt } = run;
  const port = duePort(plan, run.step, { ...before, entry, vars, now: parkedAt?.getTime() ?? before.now });
  return { ...run, state: "ready", port, ...BY_THE_CLOCK };
}

/** Makes a run what it is later, as that stands by then. */
const becoming =
  (run: Run, later: Run) =>
  (turn: Turn): void => {
    change(run, later);
    turn.touched.add(run);
    turn.readied.add(run);
  };
