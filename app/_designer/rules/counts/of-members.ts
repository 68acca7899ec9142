import type { Leaf, Rule } from "@/core/rules/rule";
import { leavesOf } from "@/core/rules/walk";
import { OPERATORS } from "../operators";

/** What is not counted: conditions that are still being written, and those on an event or a run's coupons, which only show when a run is there. */
export type Beside = { isUnfinished: boolean; isOfEvent: boolean };

/** What a rule asks of the member alone, which can be counted now, and what it asks beside that; undefined where it asks nothing of them. */
export function ofMembers(rule: Rule): ({ rule: Rule } & Beside) | undefined {
  const part = countable(rule);
  if (!part) return undefined;
  const left = part === rule ? [] : leftOut(rule);
  return { rule: part, isUnfinished: left.some((one) => !isFinished(one)), isOfEvent: left.some(asksMore) };
}

/** The rule itself where all of it can be counted. */
function countable(rule: Rule): Rule | undefined {
  if (isOfMembers(rule)) return isAsking(rule) ? rule : undefined;
  if (!("all" in rule)) return undefined;
  const parts = rule.all.flatMap((one) => countable(one) ?? []);
  return parts.length === 0 ? undefined : { all: parts };
}

/** The parts that `countable` leaves out. */
const leftOut = (rule: Rule): Rule[] => (isOfMembers(rule) ? [] : "all" in rule ? rule.all.flatMap(leftOut) : [rule]);

/** Whether it is about more than the member, finished or not. */
const asksMore = (rule: Rule): boolean =>
  leavesOf(rule).some(
    ({ leaf }) =>
      "field" in leaf &&
      (!leaf.field.startsWith("member.") ||
        (typeof leaf.value === "object" && !Array.isArray(leaf.value) && !leaf.value.field.startsWith("member."))),
  );

function isOfMembers(rule: Rule): boolean {
  if ("all" in rule) return rule.all.every(isOfMembers);
  if ("any" in rule) return rule.any.every(isOfMembers);
  if ("not" in rule) return isOfMembers(rule.not);
  if ("did" in rule) return rule.did !== "";
  const isOwn = typeof rule.value !== "object" || Array.isArray(rule.value) || rule.value.field.startsWith("member.");
  return rule.field.startsWith("member.") && isWhole(rule) && isOwn;
}

function isWhole({ is, value }: Leaf): boolean {
  const { arity } = OPERATORS[is];
  if (arity === "two" && Array.isArray(value)) return value.length === 2 && value.every((one) => one !== "");
  return arity === "none" || (value !== undefined && value !== "");
}

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
