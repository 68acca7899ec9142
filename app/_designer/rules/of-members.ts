import type { Rule } from "@/core/rules/rule";
import { OPERATORS } from "./operators";

/**
 * What a rule asks of the member alone, which can be counted now; undefined where it asks nothing of them. `isPart`: it asks more, of
 * an event or of a run's coupons, which only shows when a run is there.
 */
export function ofMembers(rule: Rule): { rule: Rule; isPart: boolean } | undefined {
  if (isOfMembers(rule)) return isAsking(rule) ? { rule, isPart: false } : undefined;
  if (!("all" in rule)) return undefined;
  const parts = rule.all.flatMap((one) => ofMembers(one)?.rule ?? []);
  return parts.length === 0 ? undefined : { rule: { all: parts }, isPart: true };
}

function isOfMembers(rule: Rule): boolean {
  if ("all" in rule) return rule.all.every(isOfMembers);
  if ("any" in rule) return rule.any.every(isOfMembers);
  if ("not" in rule) return isOfMembers(rule.not);
  if ("did" in rule) return rule.did !== "";
  const isWhole = OPERATORS[rule.is].arity === "none" || (rule.value !== undefined && rule.value !== "");
  const isOwn = typeof rule.value !== "object" || Array.isArray(rule.value) || rule.value.field.startsWith("member.");
  return rule.field.startsWith("member.") && isWhole && isOwn;
}

/** A frame without conditions holds everyone: not worth a count. */
function isAsking(rule: Rule): boolean {
  if ("all" in rule) return rule.all.some(isAsking);
  if ("any" in rule) return rule.any.some(isAsking);
  return "not" in rule ? isAsking(rule.not) : true;
}
