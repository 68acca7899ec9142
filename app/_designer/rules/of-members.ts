import type { Leaf, Rule } from "@/core/rules/rule";
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
  const isOwn = typeof rule.value !== "object" || Array.isArray(rule.value) || rule.value.field.startsWith("member.");
  return rule.field.startsWith("member.") && isWhole(rule) && isOwn;
}

const isWhole = ({ is, value }: Leaf): boolean =>
  OPERATORS[is].arity === "none" || (value !== undefined && value !== "");

/** Whether every condition says what it asks: a rule that is still being written does not. */
export function isFinished(rule: Rule): boolean {
  if ("all" in rule) return rule.all.every(isFinished);
  if ("any" in rule) return rule.any.every(isFinished);
  if ("not" in rule) return isFinished(rule.not);
  return "did" in rule ? rule.did !== "" : isWhole(rule);
}

/** A frame without conditions holds everyone: not worth a count. */
function isAsking(rule: Rule): boolean {
  if ("all" in rule) return rule.all.some(isAsking);
  if ("any" in rule) return rule.any.some(isAsking);
  return "not" in rule ? isAsking(rule.not) : true;
}
