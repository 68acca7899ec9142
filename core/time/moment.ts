import { DateTime } from "luxon";
import type { Moment } from "../plan/step";
import type { Facts } from "../rules/facts";
import { find } from "../rules/found";
import { spanOf } from "../rules/span";
import { dayOf, dayPlus } from "./day";
import { later } from "./duration";
import { atLocal } from "./local-time";
import { nextInWindow } from "./window";
import { nextReturn } from "./yearly";

/**
 * When a moment is, in epoch milliseconds, counted from `facts.now` in the facts' zone; null when its date is missing or none.
 * `at` without an offset is local to the zone.
 */
export function momentOf(moment: Moment, facts: Facts): number | null {
  const { now, zone } = facts;
  if ("after" in moment)
    return later(moment.from === "leaving" ? Math.max(now, leavesOf(facts)) : now, moment.after, zone);
  if ("at" in moment) return DateTime.fromISO(moment.at, { zone }).toMillis();
  if ("window" in moment) return nextInWindow(moment.window, now, zone);
  const day = dayAt(moment.date, facts);
  if (day === null) return null;
  const { days, time, yearly } = moment;
  return yearly === undefined
    ? atLocal(dayPlus(day, days), time, zone)
    : nextReturn(day, { days, time, by: yearly }, now, zone);
}

const leavesOf = ({ vars, node }: Facts): number =>
  (node === undefined ? undefined : vars?.[node]?.leaves) ?? Number.NEGATIVE_INFINITY;

/** The day a field names: a date as it is, an instant by the zone's calendar. */
export function dayAt(path: string, facts: Facts): string | null {
  const { value, nature } = find(path, facts);
  const span = spanOf(value, nature);
  if (!span || span.scale === "number") return null;
  return span.scale === "date" ? new Date(span.from).toISOString().slice(0, 10) : dayOf(span.from, facts.zone);
}
