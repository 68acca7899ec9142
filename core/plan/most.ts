import type { StepId } from "../ids";
import type { Effect } from "../journey/effects/effect";
import { gosOf, orderOf } from "./order";
import { follow, type Plan } from "./plan";
import type { Go, Step, Target } from "./step";

/**
 * The most that one run can come to on any single way through the plan, counted by `weigh`; ways back aside. What was refused weighs nothing:
 * effects of a step are done together or not at all.
 */
export const mostOfARun = (plan: Plan, weigh: (effect: Effect) => number): number =>
  heaviestWay(plan, (step, go) =>
    step.op === "apply" && go === step.done ? step.effects.reduce((sum, effect) => sum + weigh(effect), 0) : 0,
  );

/** The weight of the heaviest single way through the plan, each way out of a step weighed by itself; ways back aside. */
export function heaviestWay(plan: Plan, weigh: (step: Step, go: Go) => number): number {
  const most = new Map<StepId, number>();
  // Every way forward leads to a later step, so the last one is known first.
  for (const at of [...orderOf(plan).keys()].reverse()) {
    const step = plan.steps[at];
    const ways = step ? gosOf(step).map((go) => weigh(step, go) + ahead(follow(plan, at, go), most)) : [];
    most.set(at, Math.max(0, ...ways));
  }
  return (plan.first !== null && most.get(plan.first)) || 0;
}

const ahead = ({ to, back }: Target, most: ReadonlyMap<StepId, number>): number =>
  to === null || back ? 0 : (most.get(to) ?? 0);

/** Whether a run may come to something that weighs more than once, by a way back. */
export function mayRepeat(plan: Plan, weigh: (effect: Effect) => number): boolean {
  const ways = Object.keys(plan.steps).flatMap((id) => {
    const step = plan.steps[id as StepId];
    return step ? gosOf(step).map((go) => ({ from: id, ...follow(plan, id as StepId, go) })) : [];
  });
  const ahead = new Map<string, Set<string>>();
  for (const { from, to } of ways) if (to !== null) ahead.set(from, (ahead.get(from) ?? new Set()).add(to));
  const reach = (from: string): Set<string> => {
    const seen = new Set([from]);
    for (const one of seen) for (const next of ahead.get(one) ?? []) seen.add(next);
    return seen;
  };
  return ways.some(
    ({ from, to, back }) =>
      back &&
      to !== null &&
      [...reach(to)].some((id) => {
        const step = plan.steps[id as StepId];
        return step?.op === "apply" && step.effects.some((effect) => weigh(effect) > 0) && reach(id).has(from);
      }),
  );
}
