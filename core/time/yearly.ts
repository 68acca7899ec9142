import { dayOf, dayPlus, isDay } from "./day";
import { atLocal } from "./local-time";
import { dayOfLunar, lunarOf } from "./lunar";

/** Where 29 February falls in a common year. */
export type LeapDay = "feb28" | "mar1";
/** By which calendar a date returns: the solar one, which needs to know of 29 February, or the lunar one. */
export type Returning = LeapDay | "lunar";

/**
 * The returns of a date (`YYYY-MM-DD`), by years of its own calendar: `year` is the date's, `dayIn` the day on which it comes in another, null where
 * the calendar's table does not reach. Null for a date that the calendar does not know.
 */
export function returnsOf(date: string, by: Returning): { year: number; dayIn(year: number): string | null } | null {
  if (by !== "lunar") return { year: Number(date.slice(0, 4)), dayIn: (year) => inYear(date, year, by) };
  const lunar = lunarOf(date);
  return lunar && { year: lunar.year, dayIn: (year) => dayOfLunar(year, lunar.month, lunar.day) };
}

/** The day in a year on which a date (`YYYY-MM-DD`) returns. */
export function inYear(date: string, year: number, leapDay: LeapDay): string {
  const day = `${String(year).padStart(4, "0")}${date.slice(4)}`;
  return isDay(day) ? day : `${day.slice(0, 5)}${leapDay === "feb28" ? "02-28" : "03-01"}`;
}

/** The first return of a date, moved by some days to a local time, that is after `now`; epoch milliseconds. Null where the calendar knows none. */
export function nextReturn(
  date: string,
  { days, time, by }: { days: number; time: string; by: Returning },
  now: number,
  zone: string,
): number | null {
  const returns = returnsOf(date, by);
  if (!returns) return null;
  const year = Number(dayOf(now, zone).slice(0, 4));
  // Moved by up to a year of days, or begun with another calendar's year: the neighbours may hold the answer.
  for (let next = year - 2; next <= year + 3; next++) {
    const day = returns.dayIn(next);
    const at = day === null ? now : atLocal(dayPlus(day, days), time, zone);
    if (at > now) return at;
  }
  return null;
}
