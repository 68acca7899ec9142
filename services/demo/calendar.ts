import type { Chance } from "./chance";
import { HOURS, type MerchantCode, SEASON } from "./places";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const YEAR = 365 * DAY;

// Shanghai keeps one offset all year.
const OFFSET = 8 * HOUR;
const local = (at: number): Date => new Date(at + OFFSET);
const midnight = (at: number): number => Math.floor((at + OFFSET) / DAY) * DAY - OFFSET;

/** How busy the month of an instant is; 1 = as usual. */
export const seasonAt = (at: number): number => SEASON[local(at).getUTCMonth()] ?? 1;

/** The first 20:00 after an instant. */
export function eveningAfter(at: number): number {
  const evening = midnight(at) + 20 * HOUR;
  return at < evening ? evening : evening + DAY;
}

/** `20261122`, the workspace's calendar. */
export const dayCode = (at: number): string => local(at).toISOString().slice(0, 10).replaceAll("-", "");

/** On the same day when shops of that kind are busy, or at the weekend that follows: three visits in ten are put off until then. */
export function openingHour(chance: Chance, at: number, merchant: MerchantCode): number {
  const weekday = local(at).getUTCDay();
  const wait = weekday >= 1 && weekday <= 5 && chance.is(0.3) ? 6 - weekday : 0;
  const { hour } = chance.weighted(HOURS[merchant]);
  return midnight(at) + wait * DAY + hour * HOUR + chance.int(0, 59) * MINUTE + chance.int(0, 59_999);
}

/** 10:00 on the 15th of the last months before `now`, oldest first. */
export function memberWeeks(now: number, months: number): number[] {
  const today = local(now);
  return Array.from(
    { length: months + 1 },
    (_, i) => Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - months + i, 15, 10) - OFFSET,
  )
    .filter((at) => at < now - DAY)
    .slice(-months);
}
