import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { dayPlus, startOfDay } from "@/core/time/day";
import { sql, type Tx } from "@/platform/db";

const HOUR = 3_600_000;
export const WITHIN = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR } as const;
const Day = z.iso.date("should be a day like 2026-11-28").optional();

/** What lists take to narrow them in time: a period that ends now and moves on with it, or whole days, or both. */
export const periodInput = {
  within: z
    .enum(["hour", "day", "week"])
    .optional()
    .describe("the last hour, the last 24 hours, the last 7 days; a kept view moves on with the time"),
  from: Day.describe("the first day, on the workspace's clocks"),
  to: Day.describe("the last day, the whole of it"),
};
export type Period = z.infer<z.ZodObject<typeof periodInput>>;

/** From `since` on and before `until`; null is open. */
export type Span = { since: Date | null; until: Date | null };

export async function spanOf(tx: Tx, workspace: WorkspaceId, period: Period, now: Date): Promise<Span> {
  const { within, from, to } = period;
  const moving = within ? now.getTime() - WITHIN[within] : Number.NEGATIVE_INFINITY;
  if (!from && !to) return { since: within ? new Date(moving) : null, until: null };
  const home = await tx.one<{ zone: string }>(sql`SELECT time_zone AS zone FROM workspace WHERE id = ${workspace}`);
  const midnight = (day: string, days: number) => startOfDay(dayPlus(day, days), home?.zone ?? "UTC");
  const since = Math.max(moving, from ? midnight(from, 0) : Number.NEGATIVE_INFINITY);
  return {
    since: Number.isFinite(since) ? new Date(since) : null,
    until: to ? new Date(midnight(to, 1)) : null,
  };
}
