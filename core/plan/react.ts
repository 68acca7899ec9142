import { sha256Hex } from "../hash";
import type { StepId } from "../ids";
import { evaluate } from "../rules/evaluate";
import type { EventFacts, Facts } from "../rules/facts";
import { find } from "../rules/found";
import type { Rule } from "../rules/rule";
import { dueAgain, type Won, winner } from "./advance";
import { DEEP, DEEPEST, JOURNEY_START, MOST_DEEP, MOST_LIVE } from "./control";
import { asksTheClock, nextLook } from "./look";
import type { Plan } from "./plan";

/** What one event does to one live run. */
export type Reaction = {
  /** The conversion is recorded, whatever moves the run. */
  goal: boolean;
  move:
    | { is: "goal" }
    /** `exit`: which of the plan's, from 0. */
    | { is: "exit"; exit: number }
    /** Leave the wait by this way. */
    | { is: "wins"; won: Won }
    /** Not standing at a wait now: keep the event for the next one. */
    | { is: "mail" }
    /** Its time was up before the event came: ready it on its due port, then ask again with state "ready" (the event may be mail). */
    | { is: "due" }
    /** It goes on waiting, until another instant: the date it waits for, or the member's zone, has changed, or it is to be looked at sooner. */
    | { is: "waits"; dueAt: number | null; lookAt: number | null }
    | null;
};

/** Mail kept for a run that is on its way; more than this is a member sending faster than anyone shops. */
export const MOST_MAIL = 100;

/** Over 24 h between happening and arrival: goals and exits still act, waits and triggers do not. */
export const LATE = 24 * 60 * 60 * 1000;
export const isLate = ({ acceptedAt, occurredAt }: Pick<EventFacts, "acceptedAt" | "occurredAt">): boolean =>
  acceptedAt - occurredAt > LATE;

/**
 * Whether an event only tells of what was: it is marked historical, or over 24 h late. It counts, and what it brings a member to (into a segment, over a
 * time of silence, past a day) begins nothing (decision 114).
 */
export const isOfThePast = (event: Pick<EventFacts, "acceptedAt" | "occurredAt" | "isHistorical">): boolean =>
  event.isHistorical || isLate(event);

/**
 * One event against one run: goal, then exit, then time-out, then wait. A historical event does nothing; a held run knows goals and
 * exits only, until its observation ends. `facts.event` is the event, `facts.member` the member after it was projected; `hasMoved`: it
 * changed the member's zone; `isOurs`: our own ledgers tell it (`winner`).
 */
export function react(
  plan: Plan,
  run: Standing,
  facts: Facts,
  { hasMoved = false, isOurs = true }: { hasMoved?: boolean; isOurs?: boolean } = {},
): Reaction {
  const { event } = facts;
  const nothing: Reaction = { goal: false, move: null };
  if (!event) return nothing;
  if (event.isHistorical) return waits(plan, run, run.dueAt, facts);
  if (run.state === "held" && run.dueAt !== null && run.dueAt < event.acceptedAt) return nothing;
  if (plan.goal && acts(plan.goal, facts)) return { goal: true, move: { is: "goal" } };
  const exit = exitOf(plan, facts);
  if (exit >= 0) return { goal: false, move: { is: "exit", exit } };
  if (run.state === "held") return waits(plan, run, run.dueAt, facts);
  if (run.state === "parked" && run.dueAt !== null && run.dueAt < event.acceptedAt)
    return { goal: false, move: { is: "due" } };
  if (run.state === "ready")
    return { goal: false, move: !isLate(event) && isAwaited(plan, event.name) ? { is: "mail" } : null };
  const won = isLate(event) ? undefined : winner(plan, run.step, facts, { isOurs });
  if (won) return { goal: false, move: { is: "wins", won } };
  const began = run.parkedAt ?? null;
  const dueAt = began === null ? undefined : dueAgain(plan, run.step, { ...facts, now: began }, hasMoved);
  return waits(plan, run, dueAt === undefined ? run.dueAt : dueAt, facts);
}

/** Where a live run stands. Instants are epoch milliseconds; `lookAt` as in `nextLook`, and not before the event: the clock comes first. */
type Standing = {
  step: StepId;
  state: "ready" | "parked" | "held";
  dueAt: number | null;
  parkedAt?: number | null;
  lookAt?: number | null;
};

/** An instant to look at it that moved later is not written (decision 025): a member who keeps coming costs nothing. */
function waits(plan: Plan, { step, state, ...known }: Standing, dueAt: number | null, facts: Facts): Reaction {
  let lookAt = known.lookAt ?? null;
  if (state !== "ready" && asksTheClock(plan, { step, state })) {
    const next = nextLook(plan, { step, state, dueAt }, { ...facts, event: undefined });
    if (next !== null && (lookAt === null || next < lookAt)) lookAt = next;
  }
  const isSame = dueAt === known.dueAt && lookAt === (known.lookAt ?? null);
  return { goal: false, move: isSame ? null : { is: "waits", dueAt, lookAt } };
}

/**
 * What a conversion is worth by the plan's goal: a whole number of the event's property, minor units of money; null where it has none, and where the
 * event tells again of an order whose money was counted. Of several runs that an event brings to their goal one counts it (`uncredited`).
 */
export function goalValue({ goal }: Plan, facts: Facts): number | null {
  if (goal?.value === undefined || facts.event?.isRepeat) return null;
  const { value } = find(`event.${goal.value.replace(/^event\./, "")}`, facts);
  return typeof value === "number" && Number.isSafeInteger(Math.round(value)) ? Math.round(value) : null;
}

/**
 * Whether an event starts a run, and under which key re-entry is decided. Late and historical events start nothing, nor does an order told
 * again where entries are not counted by key, nor what a merge tells. `isTooDeep`: so many journeys one after another led to it that the member is
 * turned away.
 */
export function starts(plan: Plan, facts: Facts): { key: string; isTooDeep: boolean } | null {
  const { event } = facts;
  if (!event || event.isHistorical || event.isInherited || isLate(event) || !isMeant(plan, event)) return null;
  if (isToldAgain(plan, event)) return null;
  return evaluate(plan.entry.when, facts)
    ? { key: keyOf(plan, event, facts), isTooDeep: (event.depth ?? 0) > DEEPEST }
    : null;
}

/** Whether an event is of those that begin a run here, and only the conditions do not hold. */
export function refuses(plan: Plan, facts: Facts): boolean {
  const { event } = facts;
  return (
    event !== undefined &&
    !event.isHistorical &&
    !event.isInherited &&
    !isLate(event) &&
    isMeant(plan, event) &&
    !isToldAgain(plan, event) &&
    !evaluate(plan.entry.when, facts)
  );
}

/** Whether journeys one after another led to an event: entries by such events are counted. */
export const isDeep = ({ depth = 0 }: Pick<EventFacts, "depth">): boolean => depth >= DEEP;

/** Whether a circle widens: `deep`, how often such events have let the member into the journey in `DEEP_WITHIN` before this one. */
export const isFlood = (event: Pick<EventFacts, "depth">, deep: number): boolean => isDeep(event) && deep >= MOST_DEEP;

/** Whether a member with so many runs of the journey on their way is kept out, where it sets no limit of its own. */
export const isCrowd = ({ limits }: Plan, live: number): boolean =>
  limits?.perMember === undefined && live >= MOST_LIVE;

/** Whether an event tells again of an order what was told before, and so begins nothing: its first telling did, or could have. */
export const isToldAgain = ({ reentry }: Pick<Plan, "reentry">, { isRepeat }: Pick<EventFacts, "isRepeat">): boolean =>
  isRepeat === true && !COUNTS[reentry.is];

/** Re-entry that knows by itself that it has seen an order; the others would take a second telling for a second order. */
const COUNTS: Record<Plan["reentry"]["is"], boolean> = {
  once: true,
  per_key: true,
  after_end: false,
  every: false,
  always: false,
};

/** Whether an event is of the kind that starts this plan; entries that the clock or a broadcast makes are no one's event. */
function isMeant({ entry, journey }: Plan, { name, properties }: EventFacts): boolean {
  switch (entry.on) {
    case "event":
      return name === entry.event;
    case "segment":
      return name === entry.event && properties.segment_id === entry.segment;
    case "call":
      return name === JOURNEY_START && properties.journey_id === journey;
    case "date":
    case "inactivity":
    case "schedule":
    case "broadcast":
      return false;
    default:
      return entry satisfies never;
  }
}

/**
 * Whether a member meets a goal that needs no event. Of a run that its own effects bring to an end nobody hears their events any more: it is asked
 * before it moves and again when it has ended.
 */
export const isAtGoal = ({ goal }: Plan, facts: Facts): boolean =>
  goal !== undefined && goal.on === undefined && evaluate(goal.when, facts);

/**
 * Which of a plan's exits acts, by the facts' event; -1 = none. Without an event, one that needs none: looked at whenever a run moves, also as it
 * enters.
 */
export const exitOf = ({ exits }: Plan, facts: Facts): number => exits.findIndex((exit) => acts(exit, facts));

const acts = ({ on, when }: { on?: string; when: Rule }, facts: Facts): boolean =>
  (on === undefined || (facts.event !== undefined && (on === "*" || on === facts.event.name))) && evaluate(when, facts);

/** Some wait of the plan listens to the event, so a run on its way may need it. */
function isAwaited(plan: Plan, name: string): boolean {
  return Object.values(plan.steps).some(
    (step) => step.op === "wait" && step.first.some((way) => "on" in way && (way.on === name || way.on === "*")),
  );
}

/**
 * Under which key re-entry is decided. An event without the key's property is a key of its own, so that two orders without a number never count as one.
 * A text longer than an index takes is told by its beginning and its SHA-256: the same text is the same key, another is another.
 */
export function keyOf({ reentry }: Plan, event: EventFacts, facts: Facts): string {
  if (reentry.is !== "per_key") return "";
  const { value } = find(`event.${reentry.key.replace(/^(event|entry)\./, "")}`, facts);
  const key = typeof value === "string" || typeof value === "number" ? String(value) : event.id;
  return key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY).toWellFormed()} ${sha256Hex(key)}` : key;
}

/** At three bytes a character well below the 2,704 that an entry of Postgres's B-tree holds. */
const LONGEST_KEY = 500;
