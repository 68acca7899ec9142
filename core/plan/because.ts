import type { StepId } from "../ids";
import { type Explanation, explain } from "../rules/explain";
import type { Facts } from "../rules/facts";
import { ANY, isAlways, type Leaf, type Rule } from "../rules/rule";
import { winner } from "./advance";
import type { Plan } from "./plan";
import { exitOf } from "./react";

/** The rule that decided, leaf by leaf, for the journal; absent where nothing was asked. `exit`: which of the plan's exits, from 0. */
export type Because = { exit?: number; rule?: Explanation };

/** Why an event reached the goal. */
export const becauseOfGoal = ({ goal }: Plan, facts: Facts): Because => leaves(goal?.when, facts);

/** Why a run leaves: by an event, or, without one, by an exit that needs none. */
export function becauseOfExit(plan: Plan, facts: Facts): Because {
  const exit = exitOf(plan, facts);
  return exit < 0 ? {} : { exit, ...leaves(plan.exits[exit]?.when, facts) };
}

/** Why an event won the wait that a run stands at. */
export function becauseOfWait(plan: Plan, at: StepId, facts: Facts): Because {
  const way = winner(plan, at, facts);
  if (!way) return {};
  return leaves("on" in way.way ? way.way.when : way.way.holds, way.facts);
}

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
