import { change } from "@/core/change";
import type { Mail } from "@/core/events/inbox-event";
import type { MemberId, PlanId, StepId } from "@/core/ids";
import { nodeOf } from "@/core/ids";
import { alter } from "@/core/journey/effects/alter";
import type { EffectType } from "@/core/journey/effects/effect";
import { EFFECT_ORDER } from "@/core/journey/effects/registry";
import { advance, duePort, type Move, unsentPort, wake, winner } from "@/core/plan/advance";
import { type Because, becauseOfExit, becauseOfWait } from "@/core/plan/because";
import { EXIT_HELD } from "@/core/plan/control";
import { orderOf } from "@/core/plan/order";
import { othersOf } from "@/core/plan/others";
import { afterRounds, type Plan } from "@/core/plan/plan";
import { exitOf, isAtGoal } from "@/core/plan/react";
import type { Target } from "@/core/plan/step";
import type { Facts, MemberFacts } from "@/core/rules/facts";
import { zoneOfMember } from "@/core/time/zone-of";
import type { Tx } from "@/platform/db";
import { draw } from "./draw";
import { foreseen } from "./effects/add-points";
import type { Applied, At, Grant } from "./effects/apply";
import { appliers } from "./effects/registry";
import { firstLook, lookAt } from "./look";
import type { Run } from "./run";
import { type Moved, Traffic } from "./write";

/**
 * What a batch needs to move: its plans and members, which steps its runs have already applied (after a retry or a move), and which runs pass
 * over the effects on their way to the next wait, with the last step that they passed over.
 */
export type Load = {
  plans: Map<PlanId, Plan>;
  members: Map<MemberId, MemberFacts>;
  applied: Map<string, string>;
  skipping: Map<Run, StepId | null>;
};
/** More steps of a run than any drawing has between two waits: a plan that passes this is broken, and its run fails instead of spinning. */
const MOST_STEPS = 2000;

/**
 * Moves a batch step by step as sets, to each run's next wait or end. Changes the runs in memory; effects are written by the appliers, in
 * this transaction; everything else is written by the caller, once. A run whose decision throws fails alone, with the reason.
 */
export async function leg(tx: Tx, at: At, runs: readonly Run[], load: Load): Promise<Moved> {
  const moved: Moved = { lines: [], traffic: new Traffic() };
  const waiting = new Groups();
  const short = new Map<Run, Plan>();
  for (const run of runs) {
    const plan = load.plans.get(run.plan);
    if (!plan) fail(run, moved, "its plan is missing");
    else
      alone(run, moved, () => {
        const open = lookAt(
          run,
          plan,
          { until: at.now.getTime(), now: at.now, facts: (now) => factsOf(run, load, at, now) },
          moved,
        );
        if (!isGoing(run, at.now) && !open) return;
        const facts = factsOf(run, load, at, at.now);
        if (plan.goal && plan.goal.on === undefined && !isAtGoal(plan, facts)) short.set(run, plan);
        const exit = exitOf(plan, facts);
        if (exit >= 0) leave(run, becauseOfExit(plan, exit, facts), load, moved);
        else if (open) {
          const others = othersAt(run, plan, open.port, factsOf(run, load, at, new Date(open.at)));
          go(run, plan, wake(plan, run.step, open.port), { ...open.why, ...others }, moved, waiting);
        } else leaveWait(run, plan, at, load, moved, waiting);
      });
  }
  for (let group = waiting.next(); group; group = waiting.next()) await step(tx, at, group, load, moved, waiting);
  for (const [run, plan] of short) alone(run, moved, () => conclude(run, plan, at, load));
  for (const run of runs) if (run.state === "ready") fail(run, moved, "the plan does not come to a wait or an end");
  return moved;
}

/** It was readied, or its time is up; others were only to be looked at. */
const isGoing = ({ state, dueAt }: Run, now: Date): boolean =>
  state === "ready" || (state === "parked" && dueAt !== null && dueAt <= now);

/** Runs by the step they stand at; the earliest step of the plan goes first, so that branches that join move on together. */
class Groups {
  private readonly groups = new Map<string, { plan: Plan; step: StepId; rank: number; runs: Run[] }>();
  private readonly steps = new Map<Run, number>();
  /** A run that has come too far stays out, however large its batch is. */
  add(run: Run, plan: Plan): void {
    const steps = (this.steps.get(run) ?? 0) + 1;
    if (steps > MOST_STEPS) return;
    this.steps.set(run, steps);
    const key = `${plan.id} ${run.step}`;
    const group = this.groups.get(key);
    if (group) group.runs.push(run);
    else this.groups.set(key, { plan, step: run.step, rank: rankOf(plan, run.step), runs: [run] });
  }
  next(): { plan: Plan; step: StepId; runs: Run[] } | undefined {
    let first: string | undefined;
    let rank = Infinity;
    for (const [key, group] of this.groups)
      if (group.rank < rank) {
        first = key;
        rank = group.rank;
      }
    if (first === undefined) return undefined;
    const group = this.groups.get(first);
    this.groups.delete(first);
    return group;
  }
}
const ranks = new WeakMap<Plan, Map<StepId, number>>();
function rankOf(plan: Plan, step: StepId): number {
  let known = ranks.get(plan);
  if (!known) {
    known = orderOf(plan);
    ranks.set(plan, known);
  }
  return known.get(step) ?? Number.MAX_SAFE_INTEGER; // a step that the plan lacks comes last, and fails
}

/** A claimed run is ready to act its step, or leaves its wait: by the port an event won, or by the one its due instant opens. */
function leaveWait(run: Run, plan: Plan, at: At, load: Load, moved: Moved, waiting: Groups): void {
  if (run.state === "ready" && run.port === null) {
    waiting.add(run, plan);
    return;
  }
  const port = run.port ?? duePort(plan, run.step, factsOf(run, load, at, run.parkedAt ?? at.now));
  go(run, plan, wake(plan, run.step, port), whyLeft(run, plan, port, load, at), moved, waiting);
}

/** What readied it: an event, or time alone, by a rule of the wait or by its end. */
function whyLeft(run: Run, plan: Plan, port: string, load: Load, at: At): object {
  const { readyEvent, readyWhy, dueAt } = run;
  if (readyEvent !== null) return { event: readyEvent, ...readyWhy };
  const { rule, others } = readyWhy ?? {};
  if (rule) return { ...rule, ...(others && { others }) };
  return { due: dueAt, ...(dueAt && othersAt(run, plan, port, factsOf(run, load, at, at.now))) };
}

/** What the other ways out of the wait that a run leaves found. */
export const othersAt = (run: Run, plan: Plan, port: string, facts: Facts): ReturnType<typeof othersOf> =>
  othersOf(plan, run.step, port, facts, run.parkedAt?.getTime() ?? facts.now);

async function step(
  tx: Tx,
  at: At,
  group: { plan: Plan; step: StepId; runs: Run[] },
  load: Load,
  moved: Moved,
  waiting: Groups,
): Promise<void> {
  const applying: { run: Run; move: Extract<Move, { is: "apply" }> }[] = [];
  const drawing: { run: Run; move: Extract<Move, { is: "split" }> }[] = [];
  for (const run of group.runs) {
    alone(run, moved, () => {
      const move = advance(group.plan, run.step, factsOf(run, load, at, at.now));
      switch (move.is) {
        case "go":
          return go(run, group.plan, move.target, move.why, moved, waiting);
        case "apply": {
          const before = load.applied.get(`${run.id} ${run.step} ${run.lap}`);
          if (before === undefined && load.skipping.has(run)) {
            load.skipping.set(run, run.step);
            return go(run, group.plan, move.done, { skipped: true }, moved, waiting);
          }
          if (before === undefined) {
            applying.push({ run, move });
            return;
          }
          const target = [move.done, ...Object.values(move.refused)].find((t) => t.port === before) ?? move.done;
          return proceed(run, group.plan, target, moved, waiting);
        }
        case "park": {
          // Only a run that was moved or retried stands before a wait with the instant from which it has waited already.
          const since =
            run.parkedAt === null ? move : advance(group.plan, run.step, factsOf(run, load, at, run.parkedAt));
          return park(run, group.plan, since.is === "park" ? since : move, at, load, moved, waiting);
        }
        case "end":
          return end(run, move.as, at, moved);
        case "split":
          drawing.push({ run, move });
          return;
        default:
          return move satisfies never;
      }
    });
  }
  for (const { run, target, why } of await draw(tx, at, drawing))
    alone(run, moved, () => go(run, group.plan, target, why, moved, waiting));
  if (applying.length > 0) await apply(tx, at, group.plan, applying, load, moved, waiting);
}

/** All effects of one step for all runs at it: type by type, what can be refused first; a refused run gets none of them. */
async function apply(
  tx: Tx,
  at: At,
  plan: Plan,
  all: { run: Run; move: Extract<Move, { is: "apply" }> }[],
  load: Load,
  moved: Moved,
  waiting: Groups,
): Promise<void> {
  // What only one effect may refuse is asked of all before any of them writes.
  const refused = foreseen(at, all);
  for (const type of EFFECT_ORDER) {
    const grants = all
      .filter(({ run }) => !refused.has(run))
      .flatMap(({ run, move }) =>
        move.effects.flatMap((effect, index) =>
          effect.type === type ? [{ run, plan, step: run.step, lap: run.lap, index, effect }] : [],
        ),
      );
    if (grants.length === 0) continue;
    const given = await applyOf(type, tx, at, grants);
    grants.forEach((grant, i) => {
      const one = given[i];
      if (!one) throw new Error(`${type} answered ${given.length} of ${grants.length} grants`);
      if (!one.ok) refused.set(grant.run, one.reason);
      else remember(grant, one, load);
    });
  }
  for (const { run, move } of all) {
    const reason = refused.get(run);
    const target = reason === undefined ? move.done : (move.refused[reason] ?? move.refused.refused ?? move.done);
    alone(run, moved, () =>
      go(run, plan, target, reason === undefined ? undefined : { refused: reason }, moved, waiting),
    );
  }
}

/** Grants were filtered by type, which TypeScript cannot follow through the registry. */
function applyOf(type: EffectType, tx: Tx, at: At, grants: Grant<EffectType>[]): Promise<Applied[]> {
  const applier: (tx: Tx, at: At, grants: never[]) => Promise<Applied[]> = appliers[type];
  return applier(tx, at, grants as never[]);
}

/** What an effect gave is known to the run's later steps, and to rules over the member. */
function remember({ run, step, effect }: Grant<EffectType>, given: Extract<Applied, { ok: true }>, load: Load): void {
  const member = load.members.get(run.member);
  const { ok: _, ...gave } = given;
  if (Object.keys(gave).length > 0) {
    const node = nodeOf(step);
    run.vars = {
      ...run.vars,
      [node]: { ...run.vars[node], ...gave, order: run.vars[node]?.order ?? Object.keys(run.vars).length + 1 },
    };
  }
  if (member) load.members.set(run.member, alter(effect, member, run.entry, gave));
}

/** Journals the step it leaves and stands at the next, or ends. */
function go(run: Run, plan: Plan, target: Target, why: unknown, moved: Moved, waiting: Groups): void {
  moved.lines.push({ run: run.id, step: run.step, lap: run.lap, port: target.port, why });
  moved.traffic.add(run, run.step, target.port);
  arrive(run, plan, target, moved, waiting);
}

/** A step that was applied before: the journal has its line already. */
function proceed(run: Run, plan: Plan, target: Target, moved: Moved, waiting: Groups): void {
  moved.traffic.add(run, run.step, target.port);
  arrive(run, plan, target, moved, waiting);
}

function arrive(run: Run, plan: Plan, target: Target, moved: Moved, waiting: Groups): void {
  run.port = null;
  run.readyEvent = null;
  run.readyWhy = null;
  run.dueAt = null;
  run.parkedAt = null;
  run.state = "ready";
  if (target.to === null) {
    run.state = "done";
    run.mail = [];
    return;
  }
  if (target.back) run.lap += 1;
  run.step = target.to;
  const over = target.back ? afterRounds(plan, run.lap) : undefined;
  if (!over) waiting.add(run, plan);
  else if (over.state === "failed") fail(run, moved, over.reason);
  else {
    moved.traffic.add(run, run.step, "@exit");
    change(run, { ...over, mail: [] });
  }
}

/** Mail that came on the way is offered to the wait, oldest first; what one wait passes over is gone for the next. */
function park(
  run: Run,
  plan: Plan,
  move: Extract<Move, { is: "park" }>,
  at: At,
  load: Load,
  moved: Moved,
  waiting: Groups,
): void {
  const passed = load.skipping.get(run);
  const unsent = passed && nodeOf(passed) === nodeOf(run.step) ? unsentPort(plan, run.step) : undefined;
  if (unsent !== undefined) {
    // Nobody will tell of a message that was never written: as one that never left, and what the node would do then is passed over too.
    go(run, plan, wake(plan, run.step, unsent), { skipped: true }, moved, waiting);
    return;
  }
  load.skipping.delete(run);
  while (run.mail.length > 0) {
    const { isOutside, ...event } = run.mail.shift() as Mail;
    const facts = { ...factsOf(run, load, at, at.now), event };
    const won = winner(plan, run.step, facts, { isOurs: !isOutside });
    if (won) {
      const why = { event: event.id, ...becauseOfWait(plan, run.step, won, facts.now) };
      go(run, plan, wake(plan, run.step, won.port), why, moved, waiting);
      return;
    }
  }
  run.state = "parked";
  run.parkedAt ??= at.now;
  run.dueAt = move.dueAt === null ? null : new Date(move.dueAt);
  run.lookAt = firstLook(run, "parked", plan, () => factsOf(run, load, at, at.now));
  run.isBulk = false;
}

/** An exit that needs no event holds: the run goes no further. What it was given at this step before keeps its line. */
function leave(run: Run, why: Because, load: Load, moved: Moved): void {
  const { id, step, lap } = run;
  if (load.plans.get(run.plan)?.steps[step]?.op !== "apply" || !load.applied.has(`${id} ${step} ${lap}`))
    moved.lines.push({ run: id, step, lap, port: "@exit", why });
  moved.traffic.add(run, run.step, "@exit");
  change(run, {
    state: "exited",
    reason: EXIT_HELD,
    port: null,
    dueAt: null,
    mail: [],
  });
}

function end(run: Run, as: "goal" | "exit" | "done", at: At, moved: Moved): void {
  moved.lines.push({ run: run.id, step: run.step, lap: run.lap, port: as });
  moved.traffic.add(run, run.step, as);
  run.state = as === "exit" ? "exited" : as;
  if (as === "goal") run.goalAt ??= at.now;
  run.mail = [];
}

/** Who had not reached the goal and ended where their own effects had brought them to it: no event of theirs finds the run any more. */
function conclude(run: Run, plan: Plan, at: At, load: Load): void {
  if ((run.state !== "done" && run.state !== "exited") || !isAtGoal(plan, factsOf(run, load, at, at.now))) return;
  run.goalAt ??= at.now;
  change(run, { state: "goal", reason: null });
}

function alone(run: Run, moved: Moved, work: () => void): void {
  try {
    work();
  } catch (error) {
    fail(run, moved, error instanceof Error ? error.message : String(error));
  }
}

function fail(run: Run, moved: Moved, reason: string): void {
  run.state = "failed";
  run.reason = reason.slice(0, 500);
  moved.traffic.add(run, run.step, "@failed");
}

export function factsOf(
  run: Run,
  load: { members: ReadonlyMap<MemberId, MemberFacts> },
  at: Pick<At, "zone">,
  now: Date,
): Facts {
  const member = load.members.get(run.member);
  if (!member) throw new Error("its member is missing");
  return { member, entry: run.entry, vars: run.vars, now: now.getTime(), zone: zoneOfMember(at.zone, member) };
}
