import type { StepId } from "../ids";
import type { Effect } from "../journey/effects/effect";
import type { Rule } from "../rules/rule";
import { follow, type Plan } from "./plan";
import type { Go, Step, Waiting } from "./step";

type Drawn = Pick<Plan, "first" | "steps" | "wires">;

/**
 * The steps in an order in which every way forward leads to a later one, ways back aside: a batch that takes the earliest step
 * first moves branches on together where they join. (The order of a plan's keys says nothing: jsonb does not keep it.)
 */
export function orderOf(plan: Drawn): Map<StepId, number> {
  const done: StepId[] = [];
  const seen = new Set<StepId>();
  const roots = [...(plan.first === null ? [] : [plan.first]), ...Object.keys(plan.steps).sort()] as StepId[];
  for (const root of roots) {
    if (seen.has(root)) continue;
    seen.add(root);
    const path = [{ step: root, ways: forward(plan, root) }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const to = top.ways.pop();
      if (to === undefined) {
        done.push(top.step);
        path.pop();
      } else if (!seen.has(to)) {
        seen.add(to);
        path.push({ step: to, ways: forward(plan, to) });
      }
    }
  }
  return new Map(done.reverse().map((step, i) => [step, i]));
}

function forward(plan: Drawn, at: StepId): StepId[] {
  const step = plan.steps[at];
  return (step ? gosOf(step) : []).flatMap((go) => {
    const { to, back } = follow(plan, at, go);
    return to === null || back ? [] : [to];
  });
}

/** Every way out of a step, and the effects that are done on it. */
export function waysOf(step: Step): { go: Go; effects: readonly Effect[] }[] {
  if (step.op !== "apply") return gosOf(step).map((go) => ({ go, effects: [] }));
  return gosOf(step).map((go) => ({ go, effects: go === step.done ? step.effects : [] }));
}

/** Every way out of a step. */
export function gosOf(step: Step): Go[] {
  switch (step.op) {
    case "choose":
      return [...step.cases.map(({ go }) => go), step.otherwise];
    case "split":
      return step.shares.map(({ go }) => go);
    case "apply":
      return [step.done, ...Object.values(step.refused)];
    case "wait":
      return step.first.flatMap(waysOut);
    case "end":
      return [];
    default:
      return step satisfies never;
  }
}

/** The way that the journal of a step names: a port and a step inside the node may share a name. A way that the step does not have is a port. */
export function goNamed(step: Step | undefined, name: string): Go {
  const goes = step ? gosOf(step) : [];
  return goes.find((go) => ("port" in go ? go.port : go.step) === name) ?? { port: name };
}

/** Where one way out of a wait may lead. */
export function waysOut(way: Waiting): Go[] {
  if (!("until" in way)) return [way.go];
  return [way.go, ...(way.past ? [way.past] : []), ...(way.absent ? [way.absent] : [])];
}

/**
 * Where a wait may lead in the very instant in which a run comes to it: by a rule that holds already, or a moment that is now, past or
 * missing. Durations take time, and so do events, but for a run's mail.
 */
export function waysAtOnce(way: Waiting): Go[] {
  if ("holds" in way) return [way.go];
  return "on" in way || "after" in way.until ? [] : waysOut(way);
}

/** Every rule that a step asks. */
export function rulesOf(step: Step): Rule[] {
  switch (step.op) {
    case "choose":
      return step.cases.map(({ when }) => when);
    case "wait":
      return step.first.flatMap((way) => ("on" in way ? [way.when] : "holds" in way ? [way.holds] : []));
    case "split":
    case "apply":
    case "end":
      return [];
    default:
      return step satisfies never;
  }
}
