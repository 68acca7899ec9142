import { DateTime } from "luxon";

/** The calendar day (`YYYY-MM-DD`) of an instant in a zone. */
export const dayOf = (instant: number, zone: string): string =>
  DateTime.fromMillis(instant, { zone }).toFormat("yyyy-MM-dd");

/** The first instant of a day in a zone, in epoch milliseconds; NaN for a day that is none. */
export const startOfDay = (day: string, zone: string): number =>
  DateTime.fromISO(day, { zone }).startOf("day").toMillis();

/** The day N days after another (before, when negative). */
export const dayPlus = (day: string, days: number): string =>
  DateTime.fromISO(day, { zone: "utc" }).plus({ days }).toFormat("yyyy-MM-dd");

// Years 1000–2999 and offsets below 15 h: what JavaScript and Postgres read alike.
const DAY = /^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const INSTANT =
  /^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;
export const DAY_PATTERN = DAY.source;
export const INSTANT_PATTERN = INSTANT.source;

/** Whether a text is a day that the calendar has. */
export const isDay = (text: string): boolean => DAY.test(text) && DateTime.fromISO(text, { zone: "utc" }).isValid;

/** Epoch milliseconds of an ISO instant with its offset; undefined when the text is none. */
export function instantOf(text: string): number | undefined {
  if (!INSTANT.test(text)) return undefined;
  const instant = DateTime.fromISO(text).toMillis();
  return Number.isNaN(instant) ? undefined : instant;
}
