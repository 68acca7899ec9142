import { DateTime } from "luxon";

// A batch asks for few zones and instants close together, and the calendar costs 20 µs a question: the last day of each zone is kept.
const lastDays = new Map<string, { day: string; from: number; until: number }>();
const lastStarts = new Map<string, number>();
const KEPT = 5000;

/** The calendar day (`YYYY-MM-DD`) of an instant in a zone. */
export function dayOf(instant: number, zone: string): string {
  const last = lastDays.get(zone);
  if (last && instant >= last.from && instant < last.until) return last.day;
  const start = DateTime.fromMillis(instant, { zone }).startOf("day");
  const day = start.toFormat("yyyy-MM-dd");
  if (lastDays.size >= KEPT) lastDays.clear();
  lastDays.set(zone, { day, from: start.toMillis(), until: start.plus({ days: 1 }).startOf("day").toMillis() });
  return day;
}

/** The first instant of a day in a zone, in epoch milliseconds; NaN for a day that is none. */
export function startOfDay(day: string, zone: string): number {
  const key = `${day} ${zone}`;
  const known = lastStarts.get(key);
  if (known !== undefined) return known;
  const start = DateTime.fromISO(day, { zone }).startOf("day").toMillis();
  if (lastStarts.size >= KEPT) lastStarts.clear();
  lastStarts.set(key, start);
  return start;
}

/** The day N whole days after another (before, when negative). */
export const dayPlus = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + Math.trunc(days) * 86_400_000).toISOString().slice(0, 10);

// Years 1000–2999 and offsets below 15 h: what JavaScript and Postgres read alike.
const DAY = /^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const INSTANT =
  /^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;
export const DAY_PATTERN = DAY.source;
export const INSTANT_PATTERN = INSTANT.source;

/** Whether a text is a day that the calendar has. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  // 30 February parses as 2 March.
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

/** Epoch milliseconds of an ISO instant with its offset; undefined when the text is none. */
export const instantOf = (text: string): number | undefined =>
  INSTANT.test(text) && isDay(text.slice(0, 10)) ? Date.parse(text) : undefined;
