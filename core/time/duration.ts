import { DateTime, Duration } from "luxon";
import { offsetAt } from "./local-time";

/** Whether a text is an ISO 8601 duration that a wait may have: more than nothing, no fractions of days, ten years at most. */
export function isDuration(text: string): boolean {
  const duration = Duration.fromISO(text);
  if (!duration.isValid || !/^P/.test(text)) return false;
  const days = duration.as("days");
  return (
    days > 0 && days <= 3660 && [duration.years, duration.months, duration.weeks, duration.days].every(Number.isInteger)
  );
}

const EXACT = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/;

// A batch parks at one instant, mostly with one duration and in one zone: the last answers are kept.
const last = new Map<string, number>();
const KEPT = 1000;

/**
 * An instant (epoch milliseconds) a duration later. Days, weeks, months and years are the calendar's in the zone, so that
 * seven days later is the same time of day across a change of clocks; hours, minutes and seconds are exact.
 */
export function later(from: number, duration: string, zone: string): number {
  const exact = EXACT.exec(duration);
  if (exact)
    return (
      from + Math.round((Number(exact[1] ?? 0) * 3600 + Number(exact[2] ?? 0) * 60 + Number(exact[3] ?? 0)) * 1000)
    );
  return kept(
    `${from} ${duration} ${zone}`,
    () =>
      daysLater(from, Number(DAYS.exec(duration)?.[1]), zone) ??
      DateTime.fromMillis(from, { zone }).plus(Duration.fromISO(duration)).toMillis(),
  );
}

const DAYS = /^P(\d+)D$/;

/** Most durations are whole days without a change of clocks near their end, and the calendar costs 80 µs; undefined where it must be asked. */
function daysLater(from: number, days: number, zone: string): number | undefined {
  const to = from + days * DAY_MS;
  const offset = offsetAt(from, zone);
  return [to - DAY_MS, to, to + DAY_MS].every((at) => offsetAt(at, zone) === offset) ? to : undefined;
}
const DAY_MS = 86_400_000;

/** A thousand years: further back there is no history, and calendars end. */
const MOST_DAYS = 365_000;
/** How far back a rule may look, whatever number it holds. */
export const boundedDays = (days: number): number => Math.min(Math.trunc(days), MOST_DAYS);

/** An instant N calendar days before another, at the same time of day in the zone. */
export const daysBefore = (instant: number, days: number, zone: string): number =>
  kept(`${instant} -${days} ${zone}`, () => DateTime.fromMillis(instant, { zone }).minus({ days }).toMillis());

function kept(key: string, make: () => number): number {
  const known = last.get(key);
  if (known !== undefined) return known;
  const made = make();
  if (last.size >= KEPT) last.clear();
  last.set(key, made);
  return made;
}
