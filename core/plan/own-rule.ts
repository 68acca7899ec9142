import { ANY, isAlways, type Leaf, type Rule } from "../rules/rule";

/** What a kind asks so that only its own message, task or call is meant was asked by nobody, and tells nobody anything. */
export function withoutOwn(rule: Rule): Rule {
  if ("all" in rule) return { all: rule.all.map(withoutOwn).filter((part) => !isAlways(part)) };
  return "field" in rule && isOwn(rule) ? ANY : rule;
}

/** Whether a rule asks for a kind's own message, task or call. */
export const asksOwn = (rule: Rule): boolean =>
  "all" in rule ? rule.all.some(asksOwn) : "field" in rule && isOwn(rule);

const isOwn = ({ field, value }: Leaf): boolean =>
  field.startsWith("here.") || (typeof value === "object" && !Array.isArray(value) && value.field.startsWith("here."));
