import { dayOf, dayPlus } from "./day";
import { atLocal } from "./local-time";

/**
 * Hours of some weekdays (1 = Monday to 7 = Sunday), local. A window that ends at or before its beginning ends on the next day, and
 * belongs to the weekday on which it begins. Without `to` it is the one instant `from`.
 */
export type Window = { weekdays: number[]; from: string; to?: string };

/** The first instant not before `now` that lies in the window: `now` itself inside it, else its next beginning; NaN without a weekday. */
export function nextInWindow({ weekdays, from, to }: Window, now: number, zone: string): number {
  const today = dayOf(now, zone);
  for (let ahead = -1; ahead <= 8; ahead++) {
    const day = dayPlus(today, ahead);
    if (!weekdays.includes(weekdayOf(day))) continue;
    const begin = atLocal(day, from, zone);
    if (begin >= now) return begin;
    if (to !== undefined && now < atLocal(to > from ? day : dayPlus(day, 1), to, zone)) return now;
  }
  return Number.NaN;
}

/** 1 = Monday to 7 = Sunday. */
export const weekdayOf = (day: string): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
