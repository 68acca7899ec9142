import { dayOf, dayPlus } from "../time/day";
import { boundedDays, daysBefore } from "../time/duration";
import type { Facts } from "./facts";
import { type Found, find } from "./found";
import { type Behaviour, isField, type Leaf, type Operand } from "./rule";
import { type Span, spanOf, wantedSpan } from "./span";

export type Judged = { verdict: boolean; found: unknown; wanted: unknown };

/**
 * One leaf against the facts. A missing value makes every comparison false except `ne`, `not_in`, `not_contains` and
 * `not_exists`, which are true; so does a value of another type (`"5"` is not 5). Texts compare exactly. Numbers, dates and
 * instants have an order; a day compared with an instant means the whole day in the facts' zone.
 */
export function judge(leaf: Leaf, facts: Facts): Judged {
  const found = find(leaf.field, facts);
  const wanted = operand(leaf.value, facts);
  return { verdict: verdictOf(leaf.is, found, wanted, facts), found: found.value, wanted };
}

function operand(value: Operand | undefined, facts: Facts): unknown {
  return isField(value) ? find(value.field, facts).value : value;
}

function verdictOf(is: Leaf["is"], found: Found, wanted: unknown, facts: Facts): boolean {
  const { value } = found;
  switch (is) {
    case "exists":
      return value !== undefined;
    case "not_exists":
      return value === undefined;
    case "eq":
      return isEqual(found, wanted, facts.zone);
    case "ne":
      return !isEqual(found, wanted, facts.zone);
    case "in":
      return isOneOf(found, wanted, facts.zone);
    case "not_in":
      return !isOneOf(found, wanted, facts.zone);
    case "contains":
      return isContaining(value, wanted);
    case "not_contains":
      return !isContaining(value, wanted);
    case "starts_with":
      return typeof value === "string" && typeof wanted === "string" && value.startsWith(wanted);
    case "gt":
    case "after":
      return compares(found, wanted, facts.zone, (a, b) => a.from > b.last);
    case "gte":
      return compares(found, wanted, facts.zone, (a, b) => a.from >= b.from);
    case "lt":
    case "before":
      return compares(found, wanted, facts.zone, (a, b) => a.from < b.from);
    case "lte":
      return compares(found, wanted, facts.zone, (a, b) => a.from <= b.last);
    case "between":
      return (
        Array.isArray(wanted) &&
        wanted.length === 2 &&
        compares(found, wanted[0], facts.zone, (a, b) => a.from >= b.from) &&
        compares(found, wanted[1], facts.zone, (a, b) => a.from <= b.last)
      );
    case "within_days":
      return isWithin(found, wanted, facts) === true;
    case "not_within_days":
      return isWithin(found, wanted, facts) === false;
    default:
      return is satisfies never;
  }
}

function isEqual(found: Found, wanted: unknown, zone: string): boolean {
  if (found.value === undefined || wanted === undefined) return false;
  if (found.value === wanted) return true;
  // Untyped texts compare as texts; only typed dates and instants know that a day holds an instant.
  return (
    (found.nature === "date" || found.nature === "instant") &&
    compares(found, wanted, zone, (a, b) => a.from >= b.from && a.from <= b.last)
  );
}

/** A list is `in` when one of its items is. */
function isOneOf(found: Found, wanted: unknown, zone: string): boolean {
  if (!Array.isArray(wanted)) return isEqual(found, wanted, zone);
  const items = Array.isArray(found.value) ? found.value : [found.value];
  return items.some((value) => wanted.some((one) => isEqual({ value, nature: found.nature }, one, zone)));
}

/** A list contains an item, or every item of a list; a text contains a piece of text. */
function isContaining(value: unknown, wanted: unknown): boolean {
  if (wanted === undefined) return false;
  const pieces = Array.isArray(wanted) ? wanted : [wanted];
  if (pieces.length === 0) return false;
  if (Array.isArray(value)) return pieces.every((piece) => value.includes(piece));
  return typeof value === "string" && pieces.every((piece) => typeof piece === "string" && value.includes(piece));
}

function compares(found: Found, wanted: unknown, zone: string, holds: (found: Span, wanted: Span) => boolean): boolean {
  const a = spanOf(found.value, found.nature);
  const b = a && wantedSpan(wanted, a.scale, zone);
  return a !== undefined && b !== undefined && holds(a, b);
}

/** Whether a date or instant lies in the last N days: N times back to the same time of day, or N dates back; never in the future. */
function isWithin(found: Found, days: unknown, { now, zone }: Facts): boolean | undefined {
  const span = spanOf(found.value, found.nature);
  if (!span || span.scale === "number" || typeof days !== "number" || days < 0) return undefined;
  const back = boundedDays(days);
  if (span.scale === "instant") return span.from >= daysBefore(now, back, zone) && span.from <= now;
  const today = dayOf(now, zone);
  return span.from >= Date.parse(`${dayPlus(today, -back)}T00:00:00Z`) && span.from <= Date.parse(`${today}T00:00:00Z`);
}

/** How often or how much, in the last N days of the zone's calendar with today as the first; without `days`, ever. */
export function judgeBehaviour(rule: Behaviour, facts: Facts): Judged {
  const today = dayOf(facts.now, facts.zone);
  const first = rule.days === undefined ? "" : dayPlus(today, 1 - rule.days);
  let found = 0;
  for (const { name, day, count, amount } of facts.member.days)
    if (name === rule.did && day >= first && day <= today) found += rule.measure === "count" ? count : amount;
  return { verdict: rule.is === "gte" ? found >= rule.value : found < rule.value, found, wanted: rule.value };
}
