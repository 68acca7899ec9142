import { z } from "zod";
import type { Rule as RuleType } from "./rule";

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
const WITHOUT_VALUE: readonly string[] = ["exists", "not_exists"];

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

const Leaf = z
  .strictObject({ field: FieldPath, is: z.enum(OPERATORS), value: Operand.optional() })
  .refine((leaf) => leaf.value !== undefined || WITHOUT_VALUE.includes(leaf.is), {
    message: "needs a value to compare with",
    path: ["value"],
  });
const Behaviour = z.strictObject({
  did: z.string().min(1).max(120),
  measure: z.enum(["count", "amount"]),
  is: z.enum(["gte", "lt"]),
  value: z.int().min(0),
  days: z.int().min(1).max(3650).optional(),
});

const Any: z.ZodType<RuleType> = z
  .lazy(() =>
    z.union([
      z.strictObject({ all: z.array(Any).max(100) }),
      z.strictObject({ any: z.array(Any).max(100) }),
      z.strictObject({ not: Any }),
      Leaf,
      Behaviour,
    ]),
  )
  .meta({ id: "Condition" });

const MAX_DEPTH = 10;
const MAX_LEAVES = 200;

/**
 * A rule as documents hold it. Hostile input is bounded before it is walked: depth 10, 200 leaves.
 * `any: []` is false and `all: []` is true, as in logic.
 */
export const Rule: z.ZodType<RuleType> = z
  .unknown()
  .refine((value) => isBounded(value), `at most ${MAX_DEPTH} levels and ${MAX_LEAVES} conditions`)
  .pipe(Any)
  .meta({ id: "Rule" });
export type Rule = RuleType;

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
