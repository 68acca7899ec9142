import { z } from "zod";
import { type Issue, issuesOf } from "../issues";
import { OPERATORS as FITTING, fieldAt } from "./fields";
import type { Behaviour, Leaf as LeafType, Operator, Rule as RuleType } from "./rule";

const OPERATORS = [
  "eq",
  "ne",
  "gt",
  "gte",
  "lt",
  "lte",
  "between",
  "in",
  "not_in",
  "contains",
  "not_contains",
  "starts_with",
  "exists",
  "not_exists",
  "before",
  "after",
  "within_days",
  "not_within_days",
] as const;
const MAX_DEPTH = 10;
const MAX_LEAVES = 200;
const MOST_PARTS = 100;
const WITHOUT_VALUE: readonly Operator[] = ["exists", "not_exists"];
/** Whether a comparison does not say yet what it compares with. */
export const lacksValue = ({ is, value }: Pick<LeafType, "is" | "value">): boolean =>
  value === undefined && !WITHOUT_VALUE.includes(is);

// Postgres texts hold no NUL.
const Literal = z.union([
  z
    .string()
    .max(500)
    .refine((text) => !text.includes("\0"), "may not hold a NUL"),
  z.number(),
  z.boolean(),
]);
export const FieldPath = z
  .string()
  .regex(/^(member|event|entry|coupon|answer)(\.[^.\s][^.]{0,99}){1,6}$/, "a path like member.tier or event.amount");
const Operand = z.union([Literal, z.array(Literal).max(500), z.strictObject({ field: FieldPath })]);

const Leaf = z.strictObject({ field: FieldPath, is: z.enum(OPERATORS), value: Operand.optional() });
const Did = z.strictObject({
  did: z.string().min(1).max(120),
  measure: z.enum(["count", "amount"]),
  is: z.enum(["gte", "lt"]),
  value: z.int().min(0),
  days: z.int().min(1).max(3650).optional(),
});

const Any: z.ZodType<RuleType> = z
  .lazy(() =>
    z.union([
      z.strictObject({ all: z.array(Any).max(MOST_PARTS) }),
      z.strictObject({ any: z.array(Any).max(MOST_PARTS) }),
      z.strictObject({ not: Any }),
      Leaf,
      Did,
    ]),
  )
  .meta({ id: "Condition" });

/**
 * A rule as documents hold it. Hostile input is bounded before it is walked: depth 10, 200 leaves.
 * `any: []` is false and `all: []` is true, as in logic.
 */
export const Rule: z.ZodType<RuleType> = checked(whole).meta({ id: "Rule" });
export type Rule = RuleType;

/** A rule that is still being written: its shape is a rule's, its comparisons may lack their values. */
export const RuleDraft: z.ZodType<RuleType> = checked(() => []).meta({ id: "RuleDraft" });

/** `also`: what else is wrong with a condition whose shape is right, where it stands. */
function checked(also: Also) {
  return z
    .unknown()
    .superRefine((value, context) => {
      for (const { path, message, chinese } of isBounded(value) ? misshapen(value, [], also) : [TOO_MUCH])
        context.addIssue({ code: "custom", path, message, params: { chinese } });
    })
    .pipe(Any);
}

type Also = (condition: LeafType | Behaviour, path: (string | number)[]) => Issue[];
function whole(condition: LeafType | Behaviour, path: (string | number)[]): Issue[] {
  return "field" in condition && lacksValue(condition)
    ? [{ path: [...path, "value"], message: "needs a value to compare with", chinese: "还缺少要比较的值" }]
    : [];
}

const TOO_MUCH: Issue = {
  path: [],
  message: `at most ${MAX_DEPTH} levels and ${MAX_LEAVES} conditions`,
  chinese: `最多 ${MAX_DEPTH} 层、${MAX_LEAVES} 个条件`,
};
const NO_CONDITION = {
  message:
    "a condition is { field, is, value }, { did, measure, is, value, days }, { all: […] }, { any: […] } or { not: … }",
  chinese: "条件应为 { field, is, value }、{ did, measure, is, value, days }、{ all: […] }、{ any: […] } 或 { not: … }",
};

/** What is wrong with a bounded rule's shape, where. A union of schemas could only say that none of its branches fits. */
function misshapen(rule: unknown, path: (string | number)[], also: Also): Issue[] {
  if (typeof rule !== "object" || rule === null || Array.isArray(rule)) return [{ path, ...NO_CONDITION }];
  const group = (["all", "any", "not"] as const).find((name) => name in rule);
  if (group) {
    const others = Object.keys(rule).filter((key) => key !== group);
    if (others.length > 0)
      return others.map((key) => ({
        path: [...path, key],
        message: `cannot stand beside “${group}”`,
        chinese: `不能与“${group}”并列`,
      }));
    const inside: unknown = Reflect.get(rule, group);
    if (group === "not") return misshapen(inside, [...path, "not"], also);
    if (!Array.isArray(inside) || inside.length > MOST_PARTS)
      return [
        {
          path: [...path, group],
          message: `should be a list of at most ${MOST_PARTS} conditions`,
          chinese: `应为条件列表，最多 ${MOST_PARTS} 个`,
        },
      ];
    return inside.flatMap((part, i) => misshapen(part, [...path, group, i], also));
  }
  const schema = "field" in rule ? Leaf : "did" in rule ? Did : undefined;
  if (!schema) return [{ path, ...NO_CONDITION }];
  const parsed = schema.safeParse(rule);
  if (parsed.success) return also(parsed.data, path);
  return issuesOf(parsed.error.issues, path).map((issue) => named(issue, path.length, rule));
}

/** A wrong operator is told with those that the field can be compared by. */
function named(issue: Issue, depth: number, rule: object): Issue {
  const field = "field" in rule && typeof rule.field === "string" ? fieldAt(rule.field) : undefined;
  if (issue.path.length !== depth + 1 || issue.path[depth] !== "is" || !field) return issue;
  const fitting = FITTING[field.holds].join(", ");
  return {
    path: issue.path,
    message: `“${field.path}” cannot be compared so; possible: ${fitting}`,
    chinese: `“${field.path}”不能这样比较；可用：${fitting}`,
  };
}

/** Breadth first and never deeper than allowed, so that a deep document cannot overflow the stack. */
function isBounded(value: unknown): boolean {
  let level = [value];
  let seen = 0;
  for (let depth = 0; level.length > 0; depth++) {
    seen += level.length;
    if (depth > MAX_DEPTH || seen > MAX_LEAVES * 2) return false;
    level = level.flatMap(children);
  }
  return true;
}

function children(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  const parts: unknown[] = [];
  if ("all" in value && Array.isArray(value.all)) parts.push(...value.all);
  if ("any" in value && Array.isArray(value.any)) parts.push(...value.any);
  if ("not" in value) parts.push(value.not);
  return parts;
}
