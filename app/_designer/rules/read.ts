import { ANY, type Rule } from "@/core/rules/rule";
import { OPERATORS } from "./operators";

/** How a group joins its conditions, as people choose it. */
export type Join = "all" | "any" | "none" | "notAll";
/** A rule as the builder shows it: groups of rows. */
export type RuleGroup = { join: Join; rules: Rule[] };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A draft's rule; anything that is none counts as no condition. */
export const readRule = (value: unknown): Rule => (isRule(value) ? value : ANY);

/** Whether a draft holds a rule there: its shape, with comparisons that are known. */
export function isRule(value: unknown): value is Rule {
  if (!isObject(value)) return false;
  if (Array.isArray(value.all)) return value.all.every(isRule);
  if (Array.isArray(value.any)) return value.any.every(isRule);
  if ("not" in value) return isRule(value.not);
  if (typeof value.did === "string") return true;
  return typeof value.field === "string" && typeof value.is === "string" && Object.hasOwn(OPERATORS, value.is);
}

/** Whether a rule is a group; a lone condition is a row. `not` around a row is a group of one. */
export function asGroup(rule: Rule): RuleGroup | undefined {
  if ("all" in rule) return { join: "all", rules: rule.all };
  if ("any" in rule) return { join: "any", rules: rule.any };
  if (!("not" in rule)) return undefined;
  const inner = rule.not;
  if ("any" in inner) return { join: "none", rules: inner.any };
  if ("all" in inner) return { join: "notAll", rules: inner.all };
  return { join: "none", rules: [inner] };
}

/** The whole rule as one group, for the builder's outermost frame. */
export const asRoot = (rule: Rule): RuleGroup => asGroup(rule) ?? { join: "all", rules: [rule] };

export function fromGroup({ join, rules }: RuleGroup): Rule {
  switch (join) {
    case "all":
      return { all: rules };
    case "any":
      return { any: rules };
    case "none":
      return { not: { any: rules } };
    case "notAll":
      return { not: { all: rules } };
    default:
      return join satisfies never;
  }
}

/** As the builder's frame goes back into the document: a lone condition stands bare, no condition is "always". */
export const fromRoot = (group: RuleGroup): Rule => {
  const [only] = group.rules;
  if (group.rules.length === 0) return ANY;
  return group.rules.length === 1 && only && (group.join === "all" || group.join === "any") ? only : fromGroup(group);
};
