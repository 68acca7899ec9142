import type { Facts } from "./facts";
import { judge, judgeBehaviour } from "./judge";
import type { Rule } from "./rule";

/** Whether a rule holds. `all: []` is true, `any: []` false; leaves as `judge` says. */
export function evaluate(rule: Rule, facts: Facts): boolean {
  if ("all" in rule) return rule.all.every((part) => evaluate(part, facts));
  if ("any" in rule) return rule.any.some((part) => evaluate(part, facts));
  if ("not" in rule) return !evaluate(rule.not, facts);
  return ("did" in rule ? judgeBehaviour(rule, facts) : judge(rule, facts)).verdict;
}
