import { dayOf, dayPlus, isDay } from "./day";
import { atLocal } from "./local-time";

/** Where 29 February falls in a common year. */
export type LeapDay = "feb28" | "mar1";

/** The day in a year on which a date (`YYYY-MM-DD`) returns. */
export function inYear(date: string, year: number, leapDay: LeapDay): string {
  const day = `${String(year).padStart(4, "0")}${date.slice(4)}`;
  return isDay(day) ? day : `${day.slice(0, 5)}${leapDay === "feb28" ? "02-28" : "03-01"}`;
}

/** The first return of a date, moved by some days to a local time, that is not before `now`; epoch milliseconds. */
export function nextReturn(
  date: string,
  { days, time, leapDay }: { days: number; time: string; leapDay: LeapDay },
  now: number,
  zone: string,
): number {
  const year = Number(dayOf(now, zone).slice(0, 4));
  // A year moves by up to a year of days: both neighbours may hold the answer.
  for (let next = year - 2; ; next++) {
    const at = atLocal(dayPlus(inYear(date, next, leapDay), days), time, zone);
    if (at >= now || next > year + 3) return at;
  }
}
