import { peek, type Sql } from "@/platform/db";

/** One thing that was to be true, and what was found. */
export type Finding = {
  what: string;
  wanted: unknown;
  found: unknown;
  holds: boolean;
  /** What was measured, told also when it holds. */
  times?: Times;
};

/** How long it took after one part was broken: the median and the most of all strikes, in milliseconds. */
export type Times = {
  part: string;
  /** To the next member who moved. */
  moved: [number, number];
  /** Until everybody had moved who waited at that instant. */
  all: [number, number];
  /** Until every message had been taken that was queued then. */
  sent: [number, number];
  /** The most that `moved` and `all` may take on this machine at its load, and on one that has nothing else to do. */
  allowed: number;
  onAnIdleMachine: number;
};

export const is = (what: string, found: unknown, wanted: unknown): Finding => ({
  what,
  wanted,
  found,
  holds: found === wanted,
});
export const atMost = (what: string, found: number, most: number): Finding => ({
  what,
  wanted: `≤ ${most}`,
  found,
  holds: found <= most,
});
export const atLeast = (what: string, found: number, least: number): Finding => ({
  what,
  wanted: `≥ ${least}`,
  found,
  holds: found >= least,
});

/** The number that a query gives as `n`. */
export const count = async (query: Sql): Promise<number> => Number((await peek<{ n: number }>(query))[0]?.n ?? 0);
