import { change } from "../change";
import type { Mail } from "../events/inbox-event";
import { advance, duePort, type Move, wake, winner } from "../plan/advance";
import { becauseOfExit, becauseOfWait } from "../plan/because";
import { EXIT_HELD } from "../plan/control";
import { nextLook } from "../plan/look";
import { othersOf } from "../plan/others";
import { afterRounds } from "../plan/plan";
import { exitOf, isAtGoal } from "../plan/react";
import type { Target } from "../plan/step";
import { drawVariant } from "../policy/draw-variant";
import { give } from "./give";
import { lookAt } from "./look";
import type { Given, SimulatedRun } from "./simulation";
import { factsOf, leaveEntry, type World } from "./world";

/** More steps of a run than any drawing has between two waits; as services/engine/leg. */
const MOST_STEPS = 2000;

/**
 * Moves runs to their next wait or end, as a conductor moves a batch: all leave their waits first, then the run at the earliest step of the
 * plan goes next. A run whose decision throws fails alone, with the reason.
 */
export function moveAll(world: World, runs: readonly SimulatedRun[]): void {
  world.drawn.clear();
  const moving: SimulatedRun[] = [];
  const short = new Set<SimulatedRun>();
  const { plan } = world.scene;
  for (const run of runs)
    alone(world, run, () => {
      const open = lookAt(world, run, world.now);
      if (!isGoing(run, world.now) && !open) return;
      if (plan.goal && plan.goal.on === undefined && !isAtGoal(plan, factsOf(world, run))) short.add(run);
      const exit = exitOf(plan, factsOf(world, run));
      if (exit >= 0) leave(world, run, exit);
      else if (open ? goOpen(world, run, open) : leaveWait(world, run)) moving.push(run);
    });
  walk(world, moving);
  for (const run of short)
    if ((run.state === "done" || run.state === "exited") && isAtGoal(plan, factsOf(world, run)))
      change(run, { state: "goal", goalAt: run.goalAt ?? world.now, reason: null });
}

/** The run at the earliest step of the plan goes next, until all wait or have ended. */
function walk(world: World, moving: SimulatedRun[]): void {
  const steps = new Map<SimulatedRun, number>();
  while (moving.length > 0) {
    const at = earliest(world, moving);
    const [run] = moving.splice(at, 1);
    if (!run) return;
    const taken = (steps.get(run) ?? 0) + 1;
    steps.set(run, taken);
    if (taken > MOST_STEPS) end(world, run, "failed", "the plan does not come to a wait or an end");
    else
      alone(world, run, () => {
        if (step(world, run)) moving.push(run);
      });
  }
}

/** It was readied, or its time is up; others were only to be looked at. */
const isGoing = ({ state, dueAt }: SimulatedRun, now: number): boolean =>
  state === "ready" || (state === "parked" && dueAt !== null && dueAt <= now);

function earliest({ rank }: World, moving: readonly SimulatedRun[]): number {
  let first = 0;
  const rankOf = (run: SimulatedRun | undefined) => (run && rank.get(run.step)) ?? Number.MAX_SAFE_INTEGER;
  for (let i = 1; i < moving.length; i++) if (rankOf(moving[i]) < rankOf(moving[first])) first = i;
  return first;
}

/** It is ready to act its step, or leaves its wait: by the port an event won, or by the one its due instant opens. Whether it goes on. */
function leaveWait(world: World, run: SimulatedRun): boolean {
  if (run.state === "ready" && run.port === null) return true;
  const { plan } = world.scene;
  const port = run.port ?? duePort(plan, run.step, factsOf(world, run, run.parkedAt ?? world.now));
  return go(world, run, wake(plan, run.step, port), whyLeft(world, run, port));
}

/** What readied it: an event, or time alone, by a rule of the wait or by its end. */
function whyLeft(world: World, run: SimulatedRun, port: string): object {
  const { readyEvent, readyWhy, dueAt, step, parkedAt } = run;
  if (readyEvent !== null) return { event: readyEvent, ...readyWhy };
  const { rule, others } = readyWhy;
  if (rule) return { ...rule, ...(others && { others }) };
  if (dueAt === null) return { due: null };
  const { now, scene } = world;
  return {
    due: new Date(dueAt).toISOString(),
    ...othersOf(scene.plan, step, port, factsOf(world, run), parkedAt ?? now),
  };
}

/** Time alone has opened its wait: it leaves it at once. */
function goOpen(world: World, run: SimulatedRun, { port, at, why }: NonNullable<ReturnType<typeof lookAt>>): boolean {
  const { plan } = world.scene;
  const others = othersOf(plan, run.step, port, factsOf(world, run, at), run.parkedAt ?? at);
  return go(world, run, wake(plan, run.step, port), { ...why, ...others });
}

/** One step of a run; whether it goes on. */
function step(world: World, run: SimulatedRun): boolean {
  const move = advance(world.scene.plan, run.step, factsOf(world, run));
  switch (move.is) {
    case "go":
      return go(world, run, move.target, move.why);
    case "split":
      return split(world, run, move);
    case "apply": {
      const { given, reason } = give(world, run, move.effects);
      if (reason === null) return go(world, run, move.done, undefined, given);
      return go(world, run, move.refused[reason] ?? move.refused.refused ?? move.done, { refused: reason }, given);
    }
    case "park":
      return park(world, run, move.dueAt);
    case "end":
      run.path.push({ step: run.step, lap: run.lap, port: move.as, at: world.now, effects: [] });
      if (move.as === "goal") run.goalAt ??= world.now;
      end(world, run, move.as === "exit" ? "exited" : move.as);
      return false;
    default:
      return move satisfies never;
  }
}

/** What the member was first exposed to; else the hash draws, and it stays. */
function split(world: World, run: SimulatedRun, { experiment, shares }: Extract<Move, { is: "split" }>): boolean {
  const known = world.variants.get(experiment);
  const isDrawn = known === undefined || !shares.some(({ target }) => target.port === known);
  const offered = shares.map(({ weight, target }) => ({ weight, port: target.port }));
  const variant = isDrawn ? drawVariant(experiment, world.member.id, offered) : known;
  world.variants.set(experiment, variant);
  if (isDrawn) world.drawn.set(experiment, new Set());
  const target = shares.find((share) => share.target.port === variant)?.target;
  if (!target) throw new Error(`the member has no variant of ${experiment}`);
  // Runs of one batch are drawn together: it is new to all of them, and to none that comes round again.
  const passed = world.drawn.get(experiment);
  const isNew = passed !== undefined && !passed.has(run.id);
  passed?.add(run.id);
  return go(world, run, target, { variant, isNew });
}

function go(world: World, run: SimulatedRun, target: Target, why: unknown, effects: readonly Given[] = []): boolean {
  const { step, lap } = run;
  run.path.push({ step, lap, port: target.port, at: world.now, ...(why !== undefined && { why }), effects });
  change(run, {
    port: null,
    readyEvent: null,
    readyWhy: {},
    dueAt: null,
    lookAt: null,
    parkedAt: null,
    state: "ready",
  });
  if (target.to === null) {
    end(world, run, "done");
    return false;
  }
  if (target.back) run.lap += 1;
  run.step = target.to;
  const over = target.back ? afterRounds(world.scene.plan, run.lap) : undefined;
  if (over) end(world, run, over.state, over.reason);
  return over === undefined;
}

/** Mail that came on the way is offered to the wait, oldest first; what one wait passes over is gone for the next. */
function park(world: World, run: SimulatedRun, dueAt: number | null): boolean {
  const { plan } = world.scene;
  while (run.mail.length > 0) {
    const { isOutside, ...event } = run.mail.shift() as Mail;
    const facts = { ...factsOf(world, run), event };
    const won = winner(plan, run.step, facts, { isOurs: !isOutside });
    if (won) {
      const why = { event: event.id, ...becauseOfWait(plan, run.step, won, facts.now) };
      return go(world, run, wake(plan, run.step, won.port), why);
    }
  }
  const lookAt = nextLook(plan, { step: run.step, state: "parked", dueAt }, factsOf(world, run));
  change(run, { state: "parked", parkedAt: world.now, dueAt, lookAt, isBulk: false });
  return false;
}

/** An exit that needs no event holds: the run goes no further. */
function leave(world: World, run: SimulatedRun, exit: number): void {
  const why = becauseOfExit(world.scene.plan, exit, factsOf(world, run));
  run.path.push({ step: run.step, lap: run.lap, port: "@exit", at: world.now, why, effects: [] });
  end(world, run, "exited", EXIT_HELD);
}

function end(
  world: World,
  run: SimulatedRun,
  state: "goal" | "done" | "exited" | "failed",
  reason: string | null = null,
): void {
  change(run, { state, reason: reason?.slice(0, 500) ?? null });
  if (state !== "failed") change(run, { port: null, dueAt: null, lookAt: null, mail: [] });
  leaveEntry(world, run);
}

function alone(world: World, run: SimulatedRun, work: () => void): void {
  try {
    work();
  } catch (error) {
    end(world, run, "failed", error instanceof Error ? error.message : String(error));
  }
}
