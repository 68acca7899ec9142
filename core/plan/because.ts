import { type Explanation, explain } from "../rules/explain";
import type { Facts } from "../rules/facts";
import { ANY, isAlways, type Leaf, type Rule } from "../rules/rule";
import type { Won } from "./advance";
import type { Plan } from "./plan";

/** The rule that decided, leaf by leaf, for the journal; absent where nothing was asked. `exit`: which of the plan's exits, from 0. */
export type Because = { exit?: number; rule?: Explanation };

/** Why an event reached the goal. */
export const becauseOfGoal = ({ goal }: Plan, facts: Facts): Because => leaves(goal?.when, facts);

/** Why a run leaves by one of its plan's exits, which `exitOf` found to act. */
export const becauseOfExit = (plan: Plan, exit: number, facts: Facts): Because => ({
  exit,
  ...leaves(plan.exits[exit]?.when, facts),
});

/** Why an event won the wait that a run stands at. */
export const becauseOfWait = ({ rule, facts }: Won): Because => leaves(rule, facts);

/** Why a journey took a member; undefined where it takes everybody. */
export const becauseOfEntry = ({ entry }: Plan, facts: Facts): Explanation | undefined =>
  leaves(entry.when, facts).rule;

function leaves(rule: Rule | undefined, facts: Facts): Because {
  const asked = rule && withoutOwn(rule);
  return asked && !isAlways(asked) ? { rule: explain(asked, facts) } : {};
}

/** What a kind asks so that only its own message, task or call is meant was asked by nobody, and tells nobody anything. */
function withoutOwn(rule: Rule): Rule {
  if ("all" in rule) return { all: rule.all.map(withoutOwn).filter((part) => !isAlways(part)) };
  return "field" in rule && isOwn(rule) ? ANY : rule;
}

const isOwn = ({ field, value }: Leaf): boolean =>
  field.startsWith("here.") || (typeof value === "object" && !Array.isArray(value) && value.field.startsWith("here."));
