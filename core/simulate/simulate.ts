import { change } from "../change";
import { isTimed } from "../plan/entry";
import { fall } from "../plan/timed";
import { nextCron, readCron } from "../time/cron";
import { atLocal } from "../time/local-time";
import { enterByClock } from "./enter";
import { lapse, nextLapse } from "./lapse";
import { meet } from "./meet";
import { moveAll } from "./move";
import type { Scene } from "./scene";
import type { SimulatedRun, TurnedAway } from "./simulation";
import { factsOf, leaveEntry, open, type Waiting, type World } from "./world";

/** `member`: as the journey leaves them; `variants`: what they were exposed to, by experiment. */
export type Simulation = {
  runs: SimulatedRun[];
  away: TurnedAway[];
  member: World["member"];
  variants: Record<string, string>;
};

/** Events accepted before the end of an observation may still be on their way to it. */
const HELD_GRACE = 60_000;
const AT_ONCE = { ready: 0, due: 0 };

/**
 * One member through one journey: a virtual clock steps from event to due instant, and everything is decided by the same `advance` and
 * `react` as in the engine. Pure; touches no ledger. A member is in every audience a broadcast names, and coupons from before are not told of
 * when they end.
 */
export function simulate(scene: Scene): Simulation {
  const world = open(scene);
  const clock = clockEntries(scene);
  let next = clock.next();
  for (;;) {
    const at = Math.min(soonest(world), next.done ? Number.POSITIVE_INFINITY : next.value);
    if (at > scene.ends || at === Number.POSITIVE_INFINITY) break;
    world.now = Math.max(world.now, at);
    lapse(world);
    for (const waiting of takeAccepted(world)) meet(world, waiting);
    if (!next.done && next.value <= world.now) {
      enterByClock(world, {});
      next = clock.next();
    }
    enterWhenDue(world);
    release(world);
    moveAll(world, claim(world));
  }
  return { runs: world.runs, away: world.away, member: world.member, variants: Object.fromEntries(world.variants) };
}

/** The next instant at which something happens; Infinity = nothing does. */
function soonest(world: World): number {
  const {
    scene: { pace = AT_ONCE },
    inbox,
    due,
    runs,
  } = world;
  let at = Math.min(due?.at ?? Number.POSITIVE_INFINITY, nextLapse(world));
  for (const waiting of inbox) at = Math.min(at, waiting.at);
  for (const run of runs) {
    if (run.state === "ready") at = Math.min(at, run.readyAt + pace.ready);
    else if (run.state === "parked") at = Math.min(at, instantOf(run) + pace.due);
    else if (run.state === "held")
      at = Math.min(at, (run.dueAt ?? Number.POSITIVE_INFINITY) + HELD_GRACE, lookOf(run) + pace.due);
  }
  return at;
}

/** What has been accepted by now, in order; what these cause comes after them. */
function takeAccepted(world: World): Waiting[] {
  const accepted = world.inbox.filter(({ at }) => at <= world.now).sort((a, b) => a.at - b.at || a.order - b.order);
  world.inbox = world.inbox.filter(({ at }) => at > world.now);
  return accepted;
}

/**
 * A conductor that comes for one run takes all that are ready or due: those whom events readied first, then what timers and the clock did,
 * then what is due, each in their order.
 */
function claim({ now, scene: { pace = AT_ONCE }, runs }: World): SimulatedRun[] {
  const ready = runs.filter(({ state }) => state === "ready").sort((a, b) => a.readyAt - b.readyAt);
  const due = runs
    .filter(
      (run) =>
        (run.state === "parked" && instantOf(run) + pace.due <= now) ||
        (run.state === "held" && lookOf(run) + pace.due <= now),
    )
    .sort((a, b) => instantOf(a) - instantOf(b));
  if (due.length === 0 && !ready.some(({ readyAt }) => readyAt + pace.ready <= now)) return [];
  return [...ready.filter(({ isBulk }) => !isBulk), ...ready.filter(({ isBulk }) => isBulk), ...due];
}

const lookOf = ({ lookAt }: SimulatedRun): number => lookAt ?? Number.POSITIVE_INFINITY;
/** When the clock next asks for a run that waits: its time is up, or a look at it is due; Infinity = never. */
const instantOf = (run: SimulatedRun): number => Math.min(run.dueAt ?? Number.POSITIVE_INFINITY, lookOf(run));

/** A held run that was observed for long enough ends. */
function release(world: World): void {
  for (const run of world.runs)
    if (run.state === "held" && run.dueAt !== null && run.dueAt + HELD_GRACE <= world.now) {
      change(run, { state: "done", dueAt: null });
      leaveEntry(world, run);
    }
}

function enterWhenDue(world: World): void {
  const { entry } = world.scene.plan;
  if (!isTimed(entry) || !world.due || world.due.at === null || world.due.at > world.now) return;
  const { occurrence, next } = fall(entry, world.due.memory, factsOf(world));
  world.due = next;
  if (occurrence) enterByClock(world, occurrence.properties);
}

/** The instants at which a schedule or a broadcast lets its audience in. */
function* clockEntries({ plan: { entry }, zone, starts, ends }: Scene): Generator<number, void> {
  if (entry.on === "broadcast") {
    const at = entry.at === undefined ? starts : atLocal(entry.at.slice(0, 10), entry.at.slice(11, 16), zone);
    if (at >= starts) yield at;
    return;
  }
  const cron = entry.on === "schedule" ? readCron(entry.cron) : undefined;
  if (entry.on !== "schedule" || !cron) return;
  let at = nextCron(cron, starts, entry.zone ?? zone);
  while (at !== null && at <= ends) {
    yield at;
    at = nextCron(cron, at, entry.zone ?? zone);
  }
}
