import { z } from "zod";
import { daysBetween, monthsLater } from "../time/calendar";
import { dayOf } from "../time/day";

/** When earned points end. A change of policy touches new lots only: a lot's last day is fixed when it is earned. */
export const PointsPolicy = z.discriminatedUnion("expiry", [
  z.strictObject({ expiry: z.literal("never") }),
  z.strictObject({ expiry: z.literal("rolling"), months: z.int().min(1).max(120) }),
  /** 31 December after `years` years (0 = of the same year), or a year later for points that would live shorter than `minimumDays`. */
  z.strictObject({
    expiry: z.literal("calendar"),
    years: z.int().min(0).max(10),
    minimumDays: z.int().min(0).max(365).default(30),
  }),
]);
export type PointsPolicy = z.infer<typeof PointsPolicy>;

/** The last day, workspace-local, on which points earned at that instant can be spent (to 23:59:59); null = for ever. */
export function lastUsableDay(policy: PointsPolicy, earnedAt: Date, zone: string): string | null {
  const today = dayOf(earnedAt.getTime(), zone);
  switch (policy.expiry) {
    case "never":
      return null;
    case "rolling":
      return monthsLater(today, policy.months);
    case "calendar": {
      const year = Number(today.slice(0, 4)) + policy.years;
      const end = `${year}-12-31`;
      return daysBetween(today, end) < policy.minimumDays ? `${year + 1}-12-31` : end;
    }
    default:
      return policy satisfies never;
  }
}
