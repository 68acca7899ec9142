import { peek, type Sql } from "@/platform/db";

/** One thing that was to be true, and what was found. */
export type Finding = {
  what: string;
  wanted: unknown;
  found: unknown;
  holds: boolean;
  /** Told also when it holds. */
  shown?: string;
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
