const LONGEST_MS = 5 * 60_000;

/** How long to wait after so many attempts (1 or more): two seconds, and twice as long each time, up to five minutes. */
export const backoffMs = (attempts: number): number => Math.min(LONGEST_MS, 2000 * 2 ** (attempts - 1));
