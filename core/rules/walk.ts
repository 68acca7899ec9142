import type { Behaviour, Leaf, Rule } from "./rule";

/** Whether some leaf asks for the event being judged. */
export const readsEvent = (rule: Rule): boolean =>
  leavesOf(rule).some(({ leaf }) => "field" in leaf && leaf.field.startsWith("event."));

/** Every leaf of a rule with its path in the document: `["all", 0, "not"]`. */
export function leavesOf(
  rule: Rule,
  path: (string | number)[] = [],
): { leaf: Leaf | Behaviour; path: (string | number)[] }[] {
  if ("all" in rule) return rule.all.flatMap((part, i) => leavesOf(part, [...path, "all", i]));
  if ("any" in rule) return rule.any.flatMap((part, i) => leavesOf(part, [...path, "any", i]));
  if ("not" in rule) return leavesOf(rule.not, [...path, "not"]);
  return [{ leaf: rule, path }];
}
