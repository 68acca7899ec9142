import type { StepId } from "../ids";
import type { Effect } from "../journey/effects/effect";
import { gosOf, waysAtOnce } from "./order";
import { follow, type Plan } from "./plan";

/** The effects that a run leaving this step may come to before it waits or ends, the step's own first. */
export function effectsAhead(plan: Plan, at: StepId): readonly Effect[] {
  let steps = known.get(plan);
  if (!steps) known.set(plan, (steps = new Map()));
  let effects = steps.get(at);
  if (!effects) steps.set(at, (effects = walk(plan, at)));
  return effects;
}
const known = new WeakMap<Plan, Map<StepId, readonly Effect[]>>();

/** Every effect of the plan. */
export const effectsOf = (plan: Plan): readonly Effect[] =>
  Object.values(plan.steps).flatMap((step) => (step.op === "apply" ? step.effects : []));

function walk(plan: Plan, from: StepId): Effect[] {
  const effects: Effect[] = [];
  const seen = new Set<StepId>([from]);
  for (const at of seen) {
    const step = plan.steps[at];
    if (!step) continue;
    if (step.op === "apply") effects.push(...step.effects);
    // The wait it stands at is left; the next one ends the leg, unless it is open when the run comes.
    for (const go of step.op === "wait" && at !== from ? step.first.flatMap(waysAtOnce) : gosOf(step)) {
      const { to } = follow(plan, at, go);
      if (to !== null) seen.add(to);
    }
  }
  return effects;
}
