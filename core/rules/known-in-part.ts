import { isField, type Leaf, type Rule } from "./rule";

/** Whether a rule holds of an event of which only these properties are known; undefined where that hangs on anything else. */
export function holdsOf(rule: Rule, known: Record<string, unknown>): boolean | undefined {
  if ("all" in rule) return every(rule.all.map((part) => holdsOf(part, known)));
  if ("any" in rule) return not(every(rule.any.map((part) => not(holdsOf(part, known)))));
  if ("not" in rule) return not(holdsOf(rule.not, known));
  return "did" in rule ? undefined : leafHolds(rule, known);
}

/** Of three values, where undefined is "not known". */
export const not = (verdict: boolean | undefined): boolean | undefined =>
  verdict === undefined ? undefined : !verdict;

/** Whether all of them hold; one that does not decides, whatever is not known. */
export function every(verdicts: (boolean | undefined)[]): boolean | undefined {
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}

function leafHolds({ field, is, value }: Leaf, known: Record<string, unknown>): boolean | undefined {
  const property = field.startsWith("event.") ? field.slice("event.".length) : "";
  const found = Object.hasOwn(known, property) ? known[property] : undefined;
  if (found === undefined || found === null || typeof found === "object" || isField(value)) return undefined;
  switch (is) {
    case "exists":
      return true;
    case "not_exists":
      return false;
    case "eq":
      return found === value;
    case "ne":
      return found !== value;
    case "in":
    case "not_in":
      return Array.isArray(value) ? value.some((one) => one === found) === (is === "in") : undefined;
    case "gt":
      return compares(found, value, (a, b) => a > b);
    case "gte":
      return compares(found, value, (a, b) => a >= b);
    case "lt":
      return compares(found, value, (a, b) => a < b);
    case "lte":
      return compares(found, value, (a, b) => a <= b);
    // Days and pieces of text are left to the rule's own reader.
    case "between":
    case "contains":
    case "not_contains":
    case "starts_with":
    case "before":
    case "after":
    case "within_days":
    case "not_within_days":
      return undefined;
    default:
      return is satisfies never;
  }
}

const compares = (found: unknown, value: unknown, holds: (a: number, b: number) => boolean): boolean | undefined =>
  typeof found === "number" && typeof value === "number" ? holds(found, value) : undefined;
