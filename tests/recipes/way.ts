import { expect } from "vitest";
import { sql } from "@/platform/db";
import type { Held, Stage } from "./stage";

export const DAY = 86_400_000;
/** The month and day in Shanghai, so many days from today, in another year. */
export const dayIn = (days: number, year = 1990) =>
  `${year}-${new Date(Date.now() + 8 * 3_600_000 + days * DAY).toISOString().slice(5, 10)}`.replace("-02-29", "-02-28");
export const ago = (days: number) => sql`now() - ${`${days} days`}::interval`;
export const order = (properties: Record<string, unknown> = {}) => ({
  order_id: crypto.randomUUID(),
  amount: 5_000,
  ...properties,
});
export const basket = (category: string) => order({ items: [{ sku: "1", category, price: 5_000, quantity: 1 }] });

export type Way = { tier?: string; goes(s: Stage): Promise<void>; comesTo: Partial<Held> };

/** Was a regular until so many days ago, and the clock sees it. */
export async function goneSilent(s: Stage, days: number, more = sql``): Promise<void> {
  await s.set(
    sql`last_visit_at = ${ago(10)}, last_order_at = ${ago(10)}, last_seen_at = ${ago(10)}, joined_at = ${ago(400)}${more}`,
  );
  await s.comes();
  expect((await s.held()).state).toBe("none");
  await s.set(sql`last_visit_at = ${ago(days)}, last_order_at = ${ago(days)}, last_seen_at = ${ago(days)}`);
  await s.comes();
}
