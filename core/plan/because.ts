import type { StepId } from "../ids";
import { type Explanation, explain } from "../rules/explain";
import type { Facts } from "../rules/facts";
import { isAlways, type Rule } from "../rules/rule";
import type { Won } from "./advance";
import { type Other, othersOf } from "./others";
import { withoutOwn } from "./own-rule";
import type { Plan } from "./plan";

/**
 * The rule that decided, leaf by leaf, for the journal; absent where nothing was asked. `name`: of the event that won a wait; `exit`: which of the plan's exits, from 0; `others`: of a wait
 * for the first of several what each of the others found.
 */
export type Because = { name?: string; exit?: number; rule?: Explanation; others?: Other[] };

/** Why an event reached the goal. */
export const becauseOfGoal = ({ goal }: Plan, facts: Facts): Because => leaves(goal?.when, facts);

/** Why a run leaves by one of its plan's exits, which `exitOf` found to act. */
export const becauseOfExit = (plan: Plan, exit: number, facts: Facts): Because => ({
  exit,
  ...leaves(plan.exits[exit]?.when, facts),
});

/** Why an event won the wait that a run stands at, since `since` (epoch milliseconds). */
export const becauseOfWait = (plan: Plan, at: StepId, { port, rule, facts }: Won, since: number): Because => ({
  ...(facts.event && { name: facts.event.name }),
  ...leaves(rule, facts),
  ...othersOf(plan, at, port, facts, since),
});

/** Why a journey took a member; undefined where it takes everybody. */
export const becauseOfEntry = ({ entry }: Plan, facts: Facts): Explanation | undefined =>
  leaves(entry.when, facts).rule;

function leaves(rule: Rule | undefined, facts: Facts): Because {
  const asked = rule && withoutOwn(rule);
  return asked && !isAlways(asked) ? { rule: explain(asked, facts) } : {};
}
