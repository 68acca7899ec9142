import { dayOf, dayPlus } from "./day";
import { atLocal } from "./local-time";

/** A schedule as five fields say it: minute, hour, day of month, month, day of week (0 and 7 are Sunday). */
export type Cron = {
  minutes: number[];
  hours: number[];
  days: Set<number>;
  months: Set<number>;
  weekdays: Set<number>;
  isEitherDay: boolean;
};

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Reads five fields with `*`, lists, ranges, steps and English names (POSIX crontab, and steps as in Vixie's); undefined when they are none. */
export function readCron(text: string): Cron | undefined {
  const fields = text.trim().toLowerCase().split(/\s+/);
  if (fields.length !== 5 || text.length > 100) return undefined;
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = fields;
  const minutes = readField(minute, 0, 59);
  const hours = readField(hour, 0, 23);
  const days = readField(day, 1, 31);
  const months = readField(month, 1, 12, MONTHS, 1);
  const weekdays = readField(weekday, 0, 7, WEEKDAYS, 0);
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  return {
    minutes: [...minutes],
    hours: [...hours],
    days,
    months,
    weekdays: new Set([...weekdays].map((one) => one % 7)),
    // As cron has it: where both days are told, either will do.
    isEitherDay: !day.startsWith("*") && !weekday.startsWith("*"),
  };
}

function readField(
  text: string,
  least: number,
  most: number,
  names: string[] = [],
  first = 0,
): Set<number> | undefined {
  const found = new Set<number>();
  const read = (word: string): number => {
    const named = names.indexOf(word);
    return named >= 0 ? named + first : /^\d{1,2}$/.test(word) ? Number(word) : Number.NaN;
  };
  for (const part of text.split(",")) {
    const [range = "", step, more] = part.split("/");
    const [from = "", to, beyond] = range.split("-");
    const by = step === undefined ? 1 : /^\d{1,2}$/.test(step) ? Number(step) : Number.NaN;
    const low = range === "*" ? least : read(from);
    const high = range === "*" ? most : to === undefined ? (step === undefined ? low : most) : read(to);
    if (more !== undefined || beyond !== undefined || !(by >= 1) || !(low >= least) || !(high <= most) || low > high)
      return undefined;
    for (let one = low; one <= high; one += by) found.add(one);
  }
  return new Set([...found].sort((a, b) => a - b));
}

/** The days that each month has at most. */
const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether no year has a day that the schedule asks for, such as 30 February. */
export const neverComes = ({ days, months, isEitherDay }: Cron): boolean =>
  !isEitherDay && ![...months].some((month) => Math.min(...days) <= (LONGEST[month - 1] ?? 0));

/** 29 February may be eight years away. */
const FURTHEST_DAYS = 366 * 9;

/**
 * The first instant (epoch milliseconds) after another at which a zone's clocks show what the schedule says; null when they never do.
 * Each local time of a day comes once: one that clocks skip comes as much later, one that they show twice the first time.
 */
export function nextCron(cron: Cron, after: number, zone: string): number | null {
  let day = dayOf(after, zone);
  for (let i = 0; i < FURTHEST_DAYS; i++, day = dayPlus(day, 1)) {
    if (!isOn(cron, day)) continue;
    let first: number | null = null;
    for (const hour of cron.hours)
      for (const minute of cron.minutes) {
        const at = atLocal(day, `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`, zone);
        if (at > after && (first === null || at < first)) first = at;
      }
    if (first !== null) return first;
  }
  return null;
}

function isOn({ days, months, weekdays, isEitherDay }: Cron, day: string): boolean {
  if (!months.has(Number(day.slice(5, 7)))) return false;
  const isDay = days.has(Number(day.slice(8)));
  const isWeekday = weekdays.has(new Date(`${day}T00:00:00Z`).getUTCDay());
  return isEitherDay ? isDay || isWeekday : isDay && isWeekday;
}
