import { DateTime } from "luxon";
import { dayPlus, startOfDay } from "./day";

const at = (day: string, zone: string): DateTime => DateTime.fromISO(day, { zone });

/** 23:59:59.999 of a day in a zone, in epoch milliseconds: the last instant at which what lasts through the day still holds. */
export const endOfDay = (day: string, zone: string): number => startOfDay(dayPlus(day, 1), zone) - 1;

/** A month later keeps the day of the month, or takes the month's last (31 January + 1 month = 28 or 29 February). */
export const monthsLater = (day: string, months: number): string =>
  at(day, "utc").plus({ months }).toFormat("yyyy-MM-dd");

/** Whole days from one day to another; negative when the other is before. */
export const daysBetween = (from: string, to: string): number => at(to, "utc").diff(at(from, "utc"), "days").days;
