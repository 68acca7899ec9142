import type { StepId } from "../ids";
import type { Effect } from "../journey/effects/effect";
import type { Refusal } from "../refusals";
import { evaluate } from "../rules/evaluate";
import { type Explanation, explain } from "../rules/explain";
import type { Facts } from "../rules/facts";
import { momentOf } from "../time/moment";
import { follow, type Plan } from "./plan";
import type { Go, Step, Target } from "./step";

/** What a run standing at a step does next. Who moves it (engine, simulator, backtest) carries it out. */
export type Move =
  | { is: "go"; target: Target; why: Explanation }
  | { is: "split"; experiment: string; shares: { weight: number; target: Target }[] }
  | { is: "apply"; effects: Effect[]; done: Target; refused: Partial<Record<Refusal, Target>> }
  /** `duePort` is what `wake` takes when the time is up; `on`: the events that can win. Instants are epoch milliseconds. */
  | { is: "park"; dueAt: number | null; duePort: string | null; on: string[] }
  | { is: "end"; as: "goal" | "exit" | "done" };

/** One step, decided from the facts alone. A wait counts from `facts.now`. Throws for a step that the plan does not have. */
export function advance(plan: Plan, at: StepId, facts: Facts): Move {
  const step = stepOf(plan, at);
  switch (step.op) {
    case "choose": {
      const taken = step.cases.find(({ when }) => evaluate(when, facts));
      return {
        is: "go",
        target: follow(plan, at, taken?.go ?? step.otherwise),
        why: taken ? explain(taken.when, facts) : whyNone(step.cases, facts),
      };
    }
    case "split":
      return {
        is: "split",
        experiment: step.experiment,
        shares: step.shares.map(({ weight, go }) => ({ weight, target: follow(plan, at, go) })),
      };
    case "apply":
      return {
        is: "apply",
        effects: step.effects,
        done: follow(plan, at, step.done),
        refused: followAll(plan, at, step.refused),
      };
    case "wait":
      return { is: "park", ...soonest(step, facts), on: step.first.flatMap((way) => ("on" in way ? [way.on] : [])) };
    case "end":
      return { is: "end", as: step.as };
    default:
      return step satisfies never;
  }
}

/** Leaves a step by a port: one of its node's, or the name of a step inside the node. */
export function wake(plan: Plan, at: StepId, port: string): Target {
  const step = stepOf(plan, at);
  const inside = step.op === "wait" && step.first.some(({ go }) => "step" in go && go.step === port);
  return follow(plan, at, inside ? { step: port } : { port });
}

/** The port by which an event wins a wait; null when it does not. For mail matched at a wait: `facts.event` is the mail's event. */
export function wins(plan: Plan, at: StepId, facts: Facts): string | null {
  const step = stepOf(plan, at);
  if (step.op !== "wait" || !facts.event) return null;
  for (const way of step.first)
    if ("on" in way && (way.on === "*" || way.on === facts.event.name) && evaluate(way.when, facts))
      return nameOf(way.go);
  return null;
}

function stepOf(plan: Plan, at: StepId): Step {
  const step = plan.steps[at];
  if (!step) throw new Error(`plan ${plan.id} of journey ${plan.journey} has no step ${at}`);
  return step;
}

const whyNone = (cases: { when: Parameters<typeof explain>[0] }[], facts: Facts): Explanation => ({
  any: cases.map(({ when }) => explain(when, facts)),
  verdict: false,
});

function followAll(plan: Plan, at: StepId, refused: Partial<Record<Refusal, Go>>): Partial<Record<Refusal, Target>> {
  const targets: Partial<Record<Refusal, Target>> = {};
  for (const reason of Object.keys(refused) as Refusal[]) {
    const go = refused[reason];
    if (go) targets[reason] = follow(plan, at, go);
  }
  return targets;
}

function soonest(step: Extract<Step, { op: "wait" }>, facts: Facts): { dueAt: number | null; duePort: string | null } {
  let soonest: { dueAt: number | null; duePort: string | null } = { dueAt: null, duePort: null };
  for (const way of step.first) {
    if (!("until" in way)) continue;
    const dueAt = momentOf(way.until, facts.now, facts.zone);
    if (soonest.dueAt === null || dueAt < soonest.dueAt) soonest = { dueAt, duePort: nameOf(way.go) };
  }
  return soonest;
}

const nameOf = (go: Go): string => ("port" in go ? go.port : go.step);
