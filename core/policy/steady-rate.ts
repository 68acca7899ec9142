/** A broadcast's steady rate: members a minute (absent: as fast as it goes), and how many were counted since an instant. */
export type SteadyRate = { perMinute?: number; from: Date; count: number };
/** `count` may enter now; 0: ask again in `waitMs`. `from`: since when it counts from now on, where that is another instant. */
export type Allowance = { count: number; waitMs: number; from?: Date };

/** A stop's missed share is not made up for in one burst: this much of it at most. */
const MOST_BEHIND_MS = 5_000;
const LEAST_WAIT_MS = 20;
const MOST_WAIT_MS = 1_000;

/**
 * How many may enter now, 0 or more. What was counted is never ahead of the rate, unless the clock it counts by went back (a failover, a clock set
 * right): it goes on from there at its rate, and does not wait until the clock has come again to where it was.
 */
export function allowance({ perMinute, from, count }: SteadyRate, now: Date): Allowance {
  if (!perMinute) return { count: Number.POSITIVE_INFINITY, waitMs: 0 };
  const perMs = perMinute / 60_000;
  const behind = now.getTime() - from.getTime() - count / perMs;
  // Whole milliseconds, so that what a division leaves over is not taken for a clock that went back.
  const shift = behind < 0 ? Math.ceil(behind) : Math.max(0, Math.floor(behind - MOST_BEHIND_MS));
  const left = Math.max(0, behind - shift);
  const waitMs = Math.max(LEAST_WAIT_MS, Math.min(MOST_WAIT_MS, Math.ceil(1 / perMs - left)));
  const room = Math.floor(left * perMs);
  return shift === 0 ? { count: room, waitMs } : { count: room, waitMs, from: new Date(from.getTime() + shift) };
}
