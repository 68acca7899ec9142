import type { Operator } from "@/core/rules/rule";
import type { Text } from "@/core/text";
import type { Field } from "./fields";

/** How many values an operator takes: none, one, two or any number. */
export type Arity = "none" | "one" | "two" | "many" | "days";

const o = (en: string, zh: string, arity: Arity = "one") => ({ name: { en, "zh-CN": zh } satisfies Text, arity });

export const OPERATORS: Record<Operator, { name: Text; arity: Arity }> = {
  eq: o("is", "等于"),
  ne: o("is not", "不等于"),
  gt: o("more than", "大于"),
  gte: o("at least", "不少于"),
  lt: o("less than", "小于"),
  lte: o("at most", "不超过"),
  between: o("between", "介于", "two"),
  in: o("is one of", "属于", "many"),
  not_in: o("is none of", "不属于", "many"),
  contains: o("contains", "包含"),
  not_contains: o("does not contain", "不包含"),
  starts_with: o("starts with", "开头是"),
  exists: o("is known", "有值", "none"),
  not_exists: o("is unknown", "没有值", "none"),
  before: o("before", "早于"),
  after: o("after", "晚于"),
  within_days: o("in the last … days", "在最近…天内", "days"),
  not_within_days: o("not in the last … days", "不在最近…天内", "days"),
};

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
