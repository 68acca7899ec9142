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

/** Deeper than any that can be published. */
const DEEPEST = 30;

/** Whether a draft holds a rule there: its shape, with comparisons that are known and values of a type that can be shown; they may be missing. */
export function isRule(value: unknown, depth = 0): value is Rule {
  if (!isObject(value) || depth > DEEPEST) return false;
  const isPart = (part: unknown) => isRule(part, depth + 1);
  if ("all" in value) return Array.isArray(value.all) && value.all.every(isPart);
  if ("any" in value) return Array.isArray(value.any) && value.any.every(isPart);
  if ("not" in value) return isPart(value.not);
  return "did" in value ? isBehaviour(value) : isLeaf(value);
}

const isLeaf = ({ field, is, value }: Record<string, unknown>): boolean =>
  typeof field === "string" &&
  typeof is === "string" &&
  Object.hasOwn(OPERATORS, is) &&
  (value === undefined ||
    isLiteral(value) ||
    (Array.isArray(value) ? value.every(isLiteral) : isObject(value) && typeof value.field === "string"));

const isBehaviour = ({ did, measure, is, value, days }: Record<string, unknown>): boolean =>
  typeof did === "string" &&
  (measure === "count" || measure === "amount") &&
  (is === "gte" || is === "lt") &&
  typeof value === "number" &&
  (days === undefined || typeof days === "number");

const isLiteral = (value: unknown): boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

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

/** Where a group's row stands in the rule that the group was read from: `["not", "any", 0]`. A lone condition is where its rule is. */
export function rowPlace(rule: Rule, row: number): (string | number)[] {
  if ("all" in rule) return ["all", row];
  if ("any" in rule) return ["any", row];
  if (!("not" in rule)) return [];
  return "any" in rule.not || "all" in rule.not ? ["not", ...rowPlace(rule.not, row)] : ["not"];
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
