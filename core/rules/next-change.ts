import { dayOf, dayPlus, startOfDay } from "../time/day";
import { boundedDays, later } from "../time/duration";
import type { Facts } from "./facts";
import { find } from "./found";
import type { Behaviour, Leaf, Rule } from "./rule";
import { spanOf } from "./span";
import { leavesOf } from "./walk";

/** Asked again this much later where a change of clocks makes the calendar's answer late. */
const LEAST_MS = 60_000;

/**
 * The first instant (epoch milliseconds) after `facts.now` at which a rule's answer can change by the clock alone; null = it never does.
 * It may be early, never late: whoever comes at it asks again.
 */
export function nextChange(rule: Rule, facts: Facts): number | null {
  let first: number | null = null;
  for (const { leaf } of leavesOf(rule)) {
    const at = "did" in leaf ? ofBehaviour(leaf, facts) : ofLeaf(leaf, facts);
    if (at !== null && (first === null || at < first)) first = at;
  }
  return first === null ? null : Math.max(first, facts.now + 1);
}

/** Whether a rule's answer can change by the clock alone at all, whatever the member is like. */
export const changesByTime = (rule: Rule): boolean =>
  leavesOf(rule).some(
    ({ leaf }) =>
      "did" in leaf || leaf.is === "within_days" || leaf.is === "not_within_days" || leaf.field === "member.coupons",
  );

/** Windows of days and coupons move by themselves: a value comes into one when it stops being in the future, and leaves it N days later. */
function ofLeaf({ field, is, value }: Leaf, facts: Facts): number | null {
  if (field === "member.coupons") return ofCoupons(facts);
  if (is !== "within_days" && is !== "not_within_days") return null;
  const found = find(field, facts);
  const span = spanOf(found.value, found.nature);
  const days = typeof value === "object" && !Array.isArray(value) ? find(value.field, facts).value : value;
  if (!span || span.scale === "number" || typeof days !== "number" || days < 0) return null;
  const { now, zone } = facts;
  const back = boundedDays(days);
  if (span.scale === "date") {
    const day = new Date(span.from).toISOString().slice(0, 10);
    const today = dayOf(now, zone);
    if (day > today) return startOfDay(day, zone);
    const over = dayPlus(day, back + 1);
    return over > today ? startOfDay(over, zone) : null;
  }
  if (span.from > now) return span.from;
  const over = (back === 0 ? span.from : later(span.from, `P${back}D`, zone)) + 1;
  if (over > now) return over;
  // On a day that clocks change the way back may be shorter than the way there.
  return over > now - 86_400_000 ? now + LEAST_MS : null;
}

/** A coupon can be used from its first instant to its last. */
function ofCoupons({ member: { coupons = [] }, now }: Facts): number | null {
  const turns = coupons.flatMap(({ startsAt, expiresAt }) => [startsAt, expiresAt === null ? null : expiresAt + 1]);
  const ahead = turns.filter((at) => at !== null && at > now);
  return ahead.reduce<number | null>((first, at) => (at !== null && (first === null || at < first) ? at : first), null);
}

/** Each day the window's last day falls out of it. */
function ofBehaviour({ did, days }: Behaviour, { member, now, zone }: Facts): number | null {
  const today = dayOf(now, zone);
  let first: string | null = null;
  for (const fact of member.days) {
    if (fact.name !== did) continue;
    const moves = fact.day > today ? fact.day : days === undefined ? null : dayPlus(fact.day, days);
    if (moves !== null && moves > today && (first === null || moves < first)) first = moves;
  }
  return first === null ? null : startOfDay(first, zone);
}
