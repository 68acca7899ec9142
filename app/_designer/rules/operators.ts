import type { Operator } from "@/core/rules/rule";
import { verbOf } from "@/core/rules/words";
import type { Text } from "@/core/text";
import type { Field } from "./fields";

/** How many values an operator takes: none, one, two or any number. */
export type Arity = "none" | "one" | "two" | "many" | "days";

const ARITY: Record<Operator, Arity> = {
  eq: "one",
  ne: "one",
  gt: "one",
  gte: "one",
  lt: "one",
  lte: "one",
  between: "two",
  in: "many",
  not_in: "many",
  contains: "one",
  not_contains: "one",
  starts_with: "one",
  exists: "none",
  not_exists: "none",
  before: "one",
  after: "one",
  within_days: "days",
  not_within_days: "days",
};

/** Called as runs and answers tell them (`core/rules/words.ts`); "…" is where values stand within. */
export const OPERATORS = Object.fromEntries(
  Object.entries(ARITY).map(([is, arity]) => {
    const operator = is as Operator;
    return [is, { name: { en: verbOf(operator, "en"), "zh-CN": verbOf(operator, "zh-CN") }, arity }];
  }),
) as Record<Operator, { name: Text; arity: Arity }>;

const NUMBERS: Operator[] = ["gte", "lte", "gt", "lt", "eq", "ne", "between", "exists", "not_exists"];
const DATES: Operator[] = ["within_days", "not_within_days", "before", "after", "between", "exists", "not_exists"];

const OWN: Record<string, Partial<Record<Operator, Text>>> = {
  "member.coupons": {
    contains: { en: "include", "zh-CN": "包含" },
    not_contains: { en: "do not include", "zh-CN": "不包含" },
    in: { en: "include one of", "zh-CN": "包含任一" },
    not_in: { en: "include none of", "zh-CN": "均不包含" },
    exists: { en: "at least one", "zh-CN": "至少有一张" },
    not_exists: { en: "none", "zh-CN": "一张也没有" },
  },
};

/** How a comparison is called for a field. */
export const nameOf = (is: Operator, { path }: Field): Text => OWN[path]?.[is] ?? OPERATORS[is].name;

/** The operators that make sense for a field, the likeliest first. */
export function operatorsFor({ type, options, refers }: Field): Operator[] {
  switch (type) {
    case "money":
    case "count":
    case "number":
      return NUMBERS;
    case "boolean":
      return ["eq", "exists", "not_exists"];
    case "date":
    case "instant":
      return DATES;
    case "list":
      return ["contains", "not_contains", "in", "not_in", "exists", "not_exists"];
    case "text":
      return options || (refers && refers !== "coupon")
        ? ["eq", "ne", "in", "not_in", "exists", "not_exists"]
        : ["eq", "ne", "contains", "not_contains", "starts_with", "in", "not_in", "exists", "not_exists"];
    default:
      return type satisfies never;
  }
}
