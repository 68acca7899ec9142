/**
 * One AST, three readers: `evaluate` (an event plus a loaded member), `to-sql` (sets), `explain` (each leaf: wanted, found, verdict).
 *
 * A field is a path: `member.tier`, `member.attributes.district`, `event.amount`, `entry.order_id`,
 * `coupon.<node>.id` (the coupon that node issued in this run). See `fields.ts` for the catalogue and types.
 */
export type Rule = { all: Rule[] } | { any: Rule[] } | { not: Rule } | Leaf | Behaviour;

/** Money is in minor units, instants are ISO strings, dates `YYYY-MM-DD`. */
export type Literal = string | number | boolean;
/** A literal, a list of them (`in`, `not_in`, `between`), or another field (compare with the entry event). */
export type Operand = Literal | Literal[] | { field: string };

/** Whether an operand refers to a field. Only of what a rule says: a value that came with an event may look alike. */
export const isField = (value: Operand | undefined): value is { field: string } =>
  typeof value === "object" && !Array.isArray(value);

export type Operator =
  | "eq"
  | "ne"
  | "gt"
  | "gte"
  | "lt"
  | "lte"
  | "between"
  | "in"
  | "not_in"
  | "contains"
  | "not_contains"
  | "starts_with"
  | "exists"
  | "not_exists"
  | "before"
  | "after"
  | "within_days"
  | "not_within_days";

export type Leaf = { field: string; is: Operator; value?: Operand };

/** Done or not done in a window of days, over the per-member daily facts; `at_least` counts, or minor units for `amount`. */
export type Behaviour = { did: string; measure: "count" | "amount"; is: "gte" | "lt"; value: number; days?: number };

/** Always true. */
export const ANY: Rule = { all: [] };

/** Whether a rule asks for nothing. */
export const isAlways = (rule: Rule): boolean => "all" in rule && rule.all.length === 0;
