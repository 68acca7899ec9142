import type { StepId } from "../ids";
import type { Effect } from "../journey/effects/effect";
import { gosOf, orderOf } from "./order";
import { follow, type Plan } from "./plan";

/**
 * The most that one run can come to on any single way through the plan, counted by `weigh`; ways back aside. What was refused weighs nothing:
 * effects of a step are done together or not at all.
 */
export function mostOfARun(plan: Plan, weigh: (effect: Effect) => number): number {
  const most = new Map<StepId, number>();
  // Every way forward leads to a later step, so the last one is known first.
  for (const at of [...orderOf(plan).keys()].reverse()) most.set(at, Math.max(0, ...waysOf(plan, at, weigh, most)));
  return (plan.first !== null && most.get(plan.first)) || 0;
}

function waysOf(
  plan: Plan,
  at: StepId,
  weigh: (effect: Effect) => number,
  most: ReadonlyMap<StepId, number>,
): number[] {
  const step = plan.steps[at];
  if (!step) return [];
  const done = step.op === "apply" ? step.done : undefined;
  const own = step.op === "apply" ? step.effects.reduce((sum, effect) => sum + weigh(effect), 0) : 0;
  return gosOf(step).map((go) => {
    const { to, back } = follow(plan, at, go);
    return (go === done ? own : 0) + (to === null || back ? 0 : (most.get(to) ?? 0));
  });
}

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
