import { change } from "../change";
import { bare, type InboxEvent, mailOf } from "../events/inbox-event";
import type { LoadedMember } from "../members/loaded-member";
import { project } from "../members/project";
import { duePort } from "../plan/advance";
import { type Because, becauseOfEntry, becauseOfExit, becauseOfGoal, becauseOfWait } from "../plan/because";
import { DEEP_WITHIN, JOURNEY_STOP } from "../plan/control";
import { uncredited } from "../plan/credit";
import { isOnlyOurs, isTimed } from "../plan/entry";
import { othersOf } from "../plan/others";
import { hears } from "../plan/plan";
import {
  goalValue,
  isCrowd,
  isDeep,
  isFlood,
  isOfThePast,
  MOST_MAIL,
  type Reaction,
  react,
  starts,
} from "../plan/react";
import { isKeptOutForNow } from "../plan/room";
import { isNews, NOTHING, nextEntry, pastBy } from "../plan/timed";
import { couponsOf } from "../rules/coupons-of";
import type { Facts } from "../rules/facts";
import { enter } from "./enter";
import { lookAt } from "./look";
import { moveAll } from "./move";
import type { SimulatedRun } from "./simulation";
import { factsOf, leaveEntry, liveOf, type Waiting, type World } from "./world";

/** One event against the member, then the member's runs, then the entry, which sees the state after those moves; as the dispatcher does it. */
export function meet(world: World, waiting: Waiting): void {
  judge(world, heed(world, waiting));
}

function judge(world: World, came: InboxEvent): void {
  const { plan, zone } = world.scene;
  for (const run of world.runs) lookFirst(world, run, came.acceptedAt);
  const before = world.member;
  const { member, event } = project(before, came, zone);
  world.member = member;
  const facts: Facts = { ...factsOf(world), event };
  const hasMoved = world.member.timeZone !== before.timeZone;
  const going = goingAhead(world, facts, event, hasMoved);
  if (going.length > 0) {
    world.member = before;
    for (const run of going) if (run.state === "parked") fall(world, run, factsOf(world, run));
    moveAll(world, going);
    judge(world, came);
    return;
  }
  const moved = new Set<string>();
  const open = world.runs.flatMap((run) => (run.goalAt === null ? [{ run, isHeld: run.state === "held" }] : []));
  for (const run of world.runs) {
    if (run.state !== "ready" && run.state !== "parked" && run.state !== "held") continue;
    if (isStop(event, plan.journey)) {
      leave(world, run, "exit", event);
      run.reason = "stopped by another journey";
      moved.add(run.key);
    } else if ((hasMoved || hears(plan, event.name)) && act(world, run, facts, event, before)) moved.add(run.key);
  }
  for (const run of uncredited(open)) change(run, { goalValue: null });
  const start = isOnlyOurs(plan.entry) && event.type !== "system" ? null : starts(plan, facts);
  if (start && (!moved.has(start.key) || plan.reentry.is === "always")) {
    const away =
      start.isTooDeep || isFlood(event, deepIn(world))
        ? "too_deep"
        : isCrowd(plan, liveOf(world))
          ? "limit_member"
          : null;
    if (away) world.away.push({ at: world.now, event: bare(event), reason: away });
    else enter(world, start.key, bare(event), { isBulk: false, why: becauseOfEntry(plan, facts) });
  }
  if (isTimed(plan.entry) && !world.member.isAnonymous) {
    const past = pastBy(isOfThePast(event), world.due, world.now);
    const next = nextEntry(plan.entry, world.due?.memory ?? NOTHING, factsOf(world), past);
    if (isNews(world.due ?? undefined, next)) world.due = next;
  }
}

/**
 * Runs that are about to move on and that alone keep the member out of the journey that the event begins: they move before it (decision 113). Those of
 * them that are parked were due before it.
 */
function goingAhead(world: World, facts: Facts, event: InboxEvent, hasMoved: boolean): SimulatedRun[] {
  const { plan } = world.scene;
  const start = isOnlyOurs(plan.entry) && event.type !== "system" ? null : starts(plan, facts);
  if (!start || start.isTooDeep || isFlood(event, deepIn(world))) return [];
  const stays: { run: SimulatedRun; key: string; isGoing: boolean }[] = [];
  for (const run of world.runs.filter(isLive)) {
    const isHeard = hasMoved || hears(plan, event.name);
    const move = isHeard ? reactionOf(world, run, facts, event, hasMoved).move : null;
    const isOver = isStop(event, plan.journey) || move?.is === "goal" || move?.is === "exit";
    if ((isOver || move?.is === "wins") && run.key === start.key && plan.reentry.is !== "always") return [];
    if (!isOver) stays.push({ run, key: run.key, isGoing: run.state === "ready" || move?.is === "due" });
  }
  const going = stays.filter(({ isGoing }) => isGoing).map(({ run }) => run);
  const taken = world.runs.filter(({ state }) => state === "ready" || state === "parked").length;
  const isFull = plan.limits?.live !== undefined && taken >= plan.limits.live;
  return isFull || isKeptOutForNow(plan, stays, start.key) ? going : [];
}

const isLive = ({ state }: SimulatedRun): boolean => state === "ready" || state === "parked" || state === "held";

/** How often what journeys one after another led to has let the member in lately. */
const deepIn = ({ runs, now }: World): number =>
  runs.filter(({ entry, enteredAt }) => isDeep(entry) && enteredAt > now - DEEP_WITHIN).length;

/** What the clock alone had brought before the event was accepted comes before it, with the member as they were. */
function lookFirst(world: World, run: SimulatedRun, acceptedAt: number): void {
  const open = lookAt(world, run, acceptedAt - 1);
  if (!open) return;
  const { port, at, why } = open;
  const others = othersOf(world.scene.plan, run.step, port, factsOf(world, run, at), run.parkedAt ?? at);
  ready(world, run, { port, readyEvent: null, readyWhy: { rule: why, ...others }, isBulk: true });
  change(run, { dueAt: at, lookAt: null });
}

const isStop = ({ type, name, properties }: InboxEvent, journey: string): boolean =>
  type === "system" && name === JOURNEY_STOP && properties.journey_id === journey;

/** The event, with the names of what the node it is about made last; what it answers is kept. */
function heed(world: World, { event, about, answer }: Waiting): InboxEvent {
  if (about === undefined) return event;
  const made = world.runs.findLast(({ vars }) => vars[about] !== undefined)?.vars[about];
  const { task, call, message } = made ?? {};
  // Of several coupons the one whose offer the event names.
  const coupon = couponsOf(made).findLast(({ offer }) => (event.properties.offer_id ?? offer) === offer);
  for (const id of [task, call]) if (id !== undefined && answer) world.answers.set(id, answer);
  const names = {
    ...(task !== undefined && { task_id: task }),
    ...(call !== undefined && { call_id: call }),
    ...(message !== undefined && { message_id: message }),
    ...(coupon && { coupon_id: coupon.id, offer_id: coupon.offer, code: coupon.code }),
  };
  return { ...event, properties: { ...names, ...event.properties } };
}

/** Whether the event moved or ended the run. `before`: the member as they were when it came. */
function act(world: World, run: SimulatedRun, facts: Facts, event: InboxEvent, before: LoadedMember): boolean {
  const { plan } = world.scene;
  const own: Facts = { ...facts, entry: run.entry, vars: run.vars };
  const { step, parkedAt } = run;
  const hasMoved = world.member.timeZone !== before.timeZone;
  if (!isLive(run)) return false;
  const { goal, move } = reactionOf(world, run, facts, event, hasMoved);
  if (goal && run.goalAt === null) change(run, { goalAt: world.now, goalValue: goalValue(plan, own) });
  switch (move?.is) {
    case undefined:
      return false;
    case "goal":
    case "exit":
      leave(
        world,
        run,
        move.is,
        event,
        move.is === "goal" ? becauseOfGoal(plan, own) : becauseOfExit(plan, move.exit, own),
      );
      return true;
    case "wins":
      ready(world, run, {
        port: move.won.port,
        readyEvent: event.id,
        readyWhy: becauseOfWait(plan, step, move.won, parkedAt ?? own.now),
        isBulk: false,
      });
      change(run, { dueAt: null, lookAt: null });
      return true;
    case "mail":
      run.mail = [...run.mail, mailOf(event, { isOurs: event.type === "system" })].slice(0, MOST_MAIL);
      return false;
    case "due": {
      // It stands on its due port now, and the event may be mail for the next wait: the clock moved it, not the event.
      fall(world, run, factsOf({ ...world, member: before }, run));
      return act(world, run, facts, event, before);
    }
    case "waits":
      change(run, { dueAt: move.dueAt, lookAt: move.lookAt });
      return false;
    default:
      return move satisfies never;
  }
}

function reactionOf(world: World, run: SimulatedRun, facts: Facts, event: InboxEvent, hasMoved: boolean): Reaction {
  const own: Facts = { ...facts, entry: run.entry, vars: run.vars };
  const { step, state, dueAt, lookAt, parkedAt } = run;
  if (state !== "ready" && state !== "parked" && state !== "held") return { goal: false, move: null };
  const by = { hasMoved, isOurs: event.type === "system" };
  return react(world.scene.plan, { step, state, dueAt, lookAt, parkedAt }, own, by);
}

/** Its time was up: it stands on its due port. `own`: what stood before whatever came behind it. */
function fall(world: World, run: SimulatedRun, own: Facts): void {
  const began = { ...own, now: run.parkedAt ?? own.now };
  const port = duePort(world.scene.plan, run.step, began);
  ready(world, run, { port, readyEvent: null, readyWhy: {}, isBulk: true });
  run.lookAt = null;
}

function ready(
  world: World,
  run: SimulatedRun,
  by: Pick<SimulatedRun, "port" | "readyEvent" | "readyWhy" | "isBulk">,
): void {
  change(run, { ...by, state: "ready", readyAt: world.now });
}

/** Ends a run where it stands, whatever it waited for. */
function leave(world: World, run: SimulatedRun, as: "goal" | "exit", event: InboxEvent, because: Because = {}): void {
  const why = { event: event.id, name: event.name, ...because };
  run.path.push({ step: run.step, lap: run.lap, port: `@${as}`, at: world.now, why, effects: [] });
  change(run, { state: as === "goal" ? "goal" : "exited", mail: [], dueAt: null, lookAt: null });
  leaveEntry(world, run);
}
