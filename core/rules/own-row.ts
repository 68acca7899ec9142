import type { Rule } from "./rule";

/** Of these fields a member has rows in tables of their own. */
const ELSEWHERE = new Set(["member.tags", "member.coupons", "member.points"]);

/**
 * A rule as two that hold together where it holds: what the member's own row answers, and what has to be looked up in other tables, as days and
 * tags are. Conditions of which any is enough stay together.
 */
export function ownRowFirst(rule: Rule): { own: Rule; others: Rule } {
  const parts = conjuncts(rule);
  return { own: { all: parts.filter(isOwn) }, others: { all: parts.filter((part) => !isOwn(part)) } };
}

const conjuncts = (rule: Rule): Rule[] => ("all" in rule ? rule.all.flatMap(conjuncts) : [rule]);

function isOwn(rule: Rule): boolean {
  if ("all" in rule) return rule.all.every(isOwn);
  if ("any" in rule) return rule.any.every(isOwn);
  if ("not" in rule) return isOwn(rule.not);
  return "field" in rule && !ELSEWHERE.has(rule.field);
}
