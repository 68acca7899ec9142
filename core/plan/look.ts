import { nodeOf, type StepId } from "../ids";
import { evaluate } from "../rules/evaluate";
import { type Explanation, explain } from "../rules/explain";
import type { Facts } from "../rules/facts";
import { changesByTime, nextChange } from "../rules/next-change";
import type { Rule } from "../rules/rule";
import { readsEvent } from "../rules/walk";
import type { Plan } from "./plan";
import type { Waiting } from "./step";

/** A run that waits, or is held. `lookAt`: when a rule that it lives under may next come true by the clock alone. Instants are epoch milliseconds. */
type Watching = { step: StepId; state: "parked" | "held"; dueAt: number | null; lookAt: number | null };

/** What is seen of a run whose instant to look at it has come. `at`: since when it is so. */
export type Seen =
  | { is: "goal" | "exit"; at: number; why: Explanation }
  /** The wait is open: it is left by this port. */
  | { is: "opens"; port: string; at: number; why: Explanation }
  | { is: "waits"; lookAt: number | null };

/**
 * The first instant after `facts.now` at which the goal, an exit or the wait's own rule can come true without any event; null = none can before
 * the wait's time is up. It may be early, never late. Costs nothing where no such rule asks the clock.
 */
export function nextLook(plan: Plan, run: Omit<Watching, "lookAt">, facts: Facts): number | null {
  let first: number | null = null;
  const here = { ...facts, node: nodeOf(run.step) };
  for (const rule of watchedIn(plan, run).all) {
    const at = nextChange(rule, here);
    if (at !== null && (first === null || at < first)) first = at;
  }
  return first !== null && run.dueAt !== null && first > run.dueAt ? null : first;
}

/** Whether some rule that a run lives under may come true by the clock alone. */
export const asksTheClock = (plan: Plan, run: Pick<Watching, "step" | "state">): boolean =>
  watchedIn(plan, run).all.length > 0;

/**
 * What the clock alone has brought up to an instant, in the order in which it came: goal, then exit, then the wait's own rule; of one instant the
 * rule comes before the time-out. `facts`: the member as the events accepted until then left them, at an instant.
 */
export function look(plan: Plan, run: Watching, until: number, facts: (at: number) => Facts): Seen {
  const { goal, exits, opens } = watchedIn(plan, run);
  const last = Math.min(until, run.dueAt ?? until);
  let at = run.lookAt;
  while (at !== null && at <= last) {
    const here = { ...facts(at), node: nodeOf(run.step) };
    const holds = (rule: Rule): boolean => evaluate(rule, here);
    if (goal && holds(goal)) return { is: "goal", at, why: explain(goal, here) };
    const exit = exits.find(holds);
    if (exit) return { is: "exit", at, why: explain(exit, here) };
    const open = opens.find((way) => holds(way.holds));
    if (open) return { is: "opens", port: nameOf(open), at, why: explain(open.holds, here) };
    at = nextLook(plan, run, here);
  }
  return { is: "waits", lookAt: at };
}

const nameOf = ({ go }: Opening): string => ("port" in go ? go.port : go.step);

type Opening = Extract<Waiting, { holds: Rule }>;
type Watched = { goal: Rule | null; exits: readonly Rule[]; opens: readonly Opening[]; all: readonly Rule[] };

/** Of the rules that a run lives under those that may come true by the clock alone. Who is held hears of goals and exits only. */
function watchedIn(plan: Plan, { step, state }: Pick<Watching, "step" | "state">): Watched {
  let steps = known.get(plan);
  if (!steps) known.set(plan, (steps = new Map()));
  const at = state === "held" ? null : step;
  let watched = steps.get(at);
  if (!watched) steps.set(at, (watched = listed(plan, at)));
  return watched;
}
const known = new WeakMap<Plan, Map<StepId | null, Watched>>();

function listed(plan: Plan, at: StepId | null): Watched {
  const step = at === null ? undefined : plan.steps[at];
  const ways = step?.op === "wait" ? step.first : [];
  const goal = plan.goal && plan.goal.on === undefined && isOfTheClock(plan.goal.when) ? plan.goal.when : null;
  const exits = plan.exits.flatMap(({ on, when }) => (on === undefined && isOfTheClock(when) ? [when] : []));
  const opens = ways.flatMap((way) => ("holds" in way && isOfTheClock(way.holds) ? [way] : []));
  return { goal, exits, opens, all: [...(goal ? [goal] : []), ...exits, ...opens.map(({ holds }) => holds)] };
}

/** What a rule asks of an event the clock cannot answer. */
const isOfTheClock = (rule: Rule): boolean => changesByTime(rule) && !readsEvent(rule);
