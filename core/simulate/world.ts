import type { EventType, InboxEvent } from "../events/inbox-event";
import type { EventId, StepId } from "../ids";
import type { Account, Lot } from "../loyalty/points-account";
import type { LoadedMember } from "../members/loaded-member";
import type { TimedTier } from "../members/timed-tier";
import { JOURNEY_START, JOURNEY_STOP } from "../plan/control";
import { isTimed } from "../plan/entry";
import { orderOf } from "../plan/order";
import { type Next, NOTHING, nextEntry } from "../plan/timed";
import type { Facts } from "../rules/facts";
import { zoneOfMember } from "../time/zone-of";
import type { Happening, Scene } from "./scene";
import type { SimulatedRun, TurnedAway } from "./simulation";

/** What waits to be accepted by the dispatcher; `order` keeps those of one instant apart. */
export type Waiting = {
  at: number;
  order: number;
  event: InboxEvent;
  about?: string;
  answer?: Record<string, unknown>;
};
/** What re-entry is decided by. */
export type EntryCount = { count: number; live: number; lastAt: number };

/** The state of a simulation. */
export type World = {
  scene: Scene;
  now: number;
  member: LoadedMember;
  inbox: Waiting[];
  runs: SimulatedRun[];
  entries: Map<string, EntryCount>;
  away: TurnedAway[];
  /** What offers have left, by `stock <offer>` and `cap <offer>`; absent = without limit. */
  remaining: Map<string, number>;
  variants: Map<string, string>;
  /** Whose variants were drawn in the batch under way: by experiment, the runs that passed since. */
  drawn: Map<string, Set<string>>;
  /** What was said of tasks and calls, by their ids. */
  answers: Map<string, Record<string, unknown>>;
  /** The member's points, as the ledger has them. */
  account: Account;
  /** The tier that is theirs for a time, or was until another came. */
  timed: (TimedTier & { depth: number }) | null;
  /** Those that the journey gave, and that end. `words`: what an event says of it. */
  coupons: { issuedAt: number; expiresAt: number; words: Record<string, unknown>; depth: number }[];
  /** Up to when the ledgers have done what the clock asks of them. */
  lapsedTo: number;
  /** When the clock makes the member enter next; null = no clock does. */
  due: Next | null;
  rank: Map<StepId, number>;
  sequence: number;
};

export function open(scene: Scene): World {
  const { plan, member, starts } = scene;
  const remaining = new Map<string, number>();
  for (const [offer, { left, perMember, had = 0 }] of Object.entries(scene.offers ?? {})) {
    if (left !== null) remaining.set(`stock ${offer}`, left);
    if (perMember !== null) remaining.set(`cap ${offer}`, perMember - had);
  }
  const world: World = {
    scene,
    now: starts,
    member,
    inbox: [],
    runs: [],
    entries: new Map(),
    away: [],
    remaining,
    variants: new Map(Object.entries(scene.variants ?? {})),
    drawn: new Map(),
    answers: new Map(),
    account: accountOf(scene),
    timed: null,
    coupons: [],
    lapsedTo: starts,
    due: null,
    rank: orderOf(plan),
    sequence: 0,
  };
  for (const happening of scene.events) expect(world, happening);
  const { entry, existing } = plan;
  const isNow = existing?.is === "now";
  if (isTimed(entry) && !member.isAnonymous)
    world.due = nextEntry(entry, NOTHING, factsOf(world), (now) => (isNow ? now : null));
  return world;
}

/** Points whose lots are not told never end. */
function accountOf({ member: { points }, lots }: Scene): Account {
  const told = lots ?? (points > 0 ? [{ remaining: points, lastDay: null }] : []);
  const own = told.map(({ remaining, lastDay }, i): Lot => ({ id: `lot-${i}`, earned: remaining, remaining, lastDay }));
  return { balance: points, entries: 0, lastHash: "", lots: own };
}

/** What happens in the scene, as the inbox has it. */
function expect(world: World, happening: Happening): void {
  const { at, name, properties = {}, traits, about, answer } = happening;
  const order = ++world.sequence;
  const id = (happening.id ?? `event-${order}`) as EventId;
  const isOfJourney = name === JOURNEY_START || name === JOURNEY_STOP;
  // What is about what a node made is told by the ledger that holds it.
  const isOurs = isOfJourney || about !== undefined;
  const type: EventType = happening.type ?? (isOurs ? "system" : traits ? "identify" : "track");
  world.inbox.push({
    at,
    order,
    event: {
      id,
      name,
      type,
      messageId: id,
      properties: isOfJourney ? { journey_id: world.scene.plan.journey, ...properties } : properties,
      ...(traits && { traits }),
      occurredAt: happening.occurredAt ?? at,
      acceptedAt: at,
      isHistorical: happening.isHistorical ?? false,
      isTrusted: true,
    },
    ...(about !== undefined && { about }),
    ...(answer && { answer }),
  });
}

/** An event that the journey itself causes now; `depth`: how many journeys one after another led to it. */
export function tell(world: World, name: string, properties: Record<string, unknown>, depth?: number): void {
  const order = ++world.sequence;
  const id = `event-${order}` as EventId;
  world.inbox.push({
    at: world.now,
    order,
    event: {
      id,
      name,
      type: "system",
      messageId: id,
      properties,
      occurredAt: world.now,
      acceptedAt: world.now,
      isHistorical: false,
      isTrusted: true,
      ...(depth !== undefined && { depth }),
    },
  });
}

/** The instant at which something of the member was said last. */
export function said(world: World, name: string): void {
  world.member.attributeTimes = { ...world.member.attributeTimes, [name]: world.now };
}

/** What a rule is read against now: for a run, with what began it and what it remembers. */
export function factsOf({ scene, member, now }: World, run?: SimulatedRun, at = now): Facts {
  return {
    member,
    ...(run && { entry: run.entry, vars: run.vars }),
    now: at,
    zone: zoneOfMember(scene.zone, member),
  };
}

/** How many runs are on their way. */
export const liveOf = ({ runs }: World): number =>
  runs.filter(({ state }) => state === "ready" || state === "parked" || state === "held").length;

/** A run that ended no longer counts as live. */
export function leaveEntry({ entries }: World, run: SimulatedRun): void {
  const entry = entries.get(run.key);
  if (entry) entry.live = Math.max(0, entry.live - 1);
}
