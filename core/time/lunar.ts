import { dayPlus } from "./day";

/** A day of the Chinese calendar. `isLeap`: of the month that repeats the number before it. */
export type LunarDay = { year: number; month: number; isLeap: boolean; day: number };

/**
 * The Chinese calendar from 1929, when it was put on the clocks of 120° E, to 2100. A year is five hexadecimal digits: the last one is the month that is
 * repeated (0: none), the bits above it say which of its months, from the first on, have 30 days; the others have 29.
 *
 * Made from the calendar's rules: months begin on the day of the new moon, and the first one without a principal term after a year's solstice
 * repeats, if the year has thirteen (new moons and the sun by Meeus, Astronomical Algorithms, 49 and 25). It is no copy of what `Intl` answers, which
 * puts Spring Festival 2027 on 7 February. See docs/decisions/099.
 */
const YEARS = `
  0e920 0d266 052b0 0a570 12b65 0b5a0 06d40 0ec93 07490 16937 0a930 052b0 0a5b6 0aad0 056a0 1b554 0ba40 0b490 1a932 0a950
  152d7 05360 0aad0 15aa5 05b20 0da50 1d4a3 0d4a0 0a958 0a970 05560 0ab56 0ad50 06d20 0ea54 0ea50 064a0 0c973 0a9b0 155a7
  056a0 0b690 17525 0b520 0b250 164b4 0a4b0 14ab8 02ad0 056d0 0b696 0da90 0d920 1d254 0d250 1a4da 0a560 02b60 05b56 06d50
  0ea90 1e925 0e920 0d260 0a563 0a570 14d68 035a0 06d50 16c95 07490 06930 152b4 052b0 0a5b0 155a2 056a0 1b557 0ba40 0b490
  1a935 0a950 052d0 0aad4 0ab50 15aa9 05d20 0da50 1d4a6 0d4a0 0c950 152e4 05560 0ab50 15b22 06d20 0ea56 07250 064b0 0c975
  0cab0 055a0 0ad63 0b690 1752b 0b520 0b250 1a4b6 0a4b0 04ab0 055b5 05ad0 0b6a0 1b522 0d920 1d257 0d250 0a550 14ad5 04b60
  05b50 0daa3 0ec90 1e928 0e920 0d260 0a566 0a570 04d60 06d54 07550 07490 0e933 06930 152b7 052b0 0a5b0 155a5 056a0 0b650
  174a4 0b4a0 1a958 0a950 052d0 0aad6 0ab50 05aa0 0ba54 0da50 0d4a0 1c953 0c960 194e7 05560 0ab50 15b25 06d20 0ea50 0e4a4
  068b0 0c978 04ab0 055b0 0ad66 0b6a0 07520 17254 0b250 0a8b0 149b2 04ab0
`
  .trim()
  .split(/\s+/)
  .map((digits) => Number.parseInt(digits, 16));
const FIRST_YEAR = 1929;
const FIRST_DAY = "1929-02-10";
const DAY_MS = 86_400_000;

type Month = { month: number; isLeap: boolean; length: number };
/** The months of a year of the table, in their order; none of another. */
function monthsOf(year: number): Month[] {
  const bits = YEARS[year - FIRST_YEAR];
  if (bits === undefined) return [];
  const leap = bits & 15;
  return Array.from({ length: leap ? 13 : 12 }, (_, at) => ({
    month: leap && at >= leap ? at : at + 1,
    isLeap: leap > 0 && at === leap,
    length: 29 + ((bits >> (4 + at)) & 1),
  }));
}

/** How many days after the first each year begins; one more than there are years. */
const starts = [0];
for (const at of YEARS.keys())
  starts.push(monthsOf(FIRST_YEAR + at).reduce((sum, { length }) => sum + length, starts[at] ?? 0));

/** A day (`YYYY-MM-DD`) by the Chinese calendar; null where the table does not reach. */
export function lunarOf(day: string): LunarDay | null {
  let left = (Date.parse(day) - Date.parse(FIRST_DAY)) / DAY_MS;
  // A year of the one calendar begins in that of the other.
  const year = FIRST_YEAR + starts.findLastIndex((start) => start <= left);
  left -= starts[year - FIRST_YEAR] ?? Number.NaN;
  for (const { month, isLeap, length } of monthsOf(year)) {
    if (left < length) return { year, month, isLeap, day: left + 1 };
    left -= length;
  }
  return null;
}

/**
 * The day (`YYYY-MM-DD`) on which a month and day of the Chinese calendar come in one of its years, in the month itself, not in the one that repeats
 * it. The 30th of a month of 29 days is its last. Null where the table does not reach.
 */
export function dayOfLunar(year: number, month: number, day: number): string | null {
  let past = starts[year - FIRST_YEAR] ?? 0;
  for (const one of monthsOf(year)) {
    if (one.month === month && !one.isLeap) return dayPlus(FIRST_DAY, past + Math.min(day, one.length) - 1);
    past += one.length;
  }
  return null;
}
