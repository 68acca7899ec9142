import { dayOf, dayPlus } from "../time/day";
import { boundedDays, daysBefore } from "../time/duration";
import { type Fragment, fragment, joined, words } from "./fragment";
import type { Literal, Operator } from "./rule";
import { type Span, wantedSpan } from "./span";

/** `asOf` is `now` for the rule, in epoch milliseconds; days are counted in `zone`, the workspace's. */
export type SqlContext = { workspace: string; asOf: number; zone: string };

type Wanted = Literal | Literal[] | undefined;
const NO = words("FALSE");

/** Comparisons on a number line, for a column or expression that already has the scale's type. */
export function orderSql(
  column: Fragment,
  scale: Span["scale"],
  is: Operator,
  value: Wanted,
  { asOf, zone }: SqlContext,
): Fragment {
  const at = (one: Wanted) => (Array.isArray(one) ? undefined : wantedSpan(one, scale, zone));
  const compare = (sign: "<" | "<=" | ">" | ">=", span: Span | undefined, end: "from" | "last") =>
    span ? fragment`${column} ${words(sign)} ${point(scale, span[end])}` : NO;
  switch (is) {
    case "gt":
    case "after":
      return compare(">", at(value), "last");
    case "gte":
      return compare(">=", at(value), "from");
    case "lt":
    case "before":
      return compare("<", at(value), "from");
    case "lte":
      return compare("<=", at(value), "last");
    case "between": {
      if (!Array.isArray(value) || value.length !== 2) return NO;
      return joined([compare(">=", at(value[0]), "from"), compare("<=", at(value[1]), "last")], "AND", "TRUE");
    }
    case "within_days":
    case "not_within_days": {
      if (scale === "number" || typeof value !== "number" || value < 0) return NO;
      const back = boundedDays(value);
      const today = Date.parse(`${dayOf(asOf, zone)}T00:00:00Z`);
      const since =
        scale === "instant"
          ? daysBefore(asOf, back, zone)
          : Date.parse(`${dayPlus(dayOf(asOf, zone), -back)}T00:00:00Z`);
      const within = fragment`(${column} >= ${point(scale, since)} AND ${column} <= ${point(scale, scale === "instant" ? asOf : today)})`;
      return is === "within_days" ? within : fragment`NOT ${within}`;
    }
    default:
      return NO;
  }
}

/** An end of a span as a value of the scale's type. */
export function point(scale: Span["scale"], at: number): Fragment {
  switch (scale) {
    case "number":
      return fragment`${at}::float8`;
    case "date":
      return fragment`${new Date(at).toISOString().slice(0, 10)}::date`;
    case "instant":
      return fragment`${new Date(at).toISOString()}::timestamptz`;
    default:
      return scale satisfies never;
  }
}
