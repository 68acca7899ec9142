import { z } from "zod";
import { endOfDay } from "../../time/calendar";
import { later } from "../../time/duration";
import { IsoDuration } from "./iso-duration";

/** How long something that a journey set stays: open, for a duration, or through a day of the workspace. */
export const End = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("open") }),
  z.strictObject({ is: z.literal("after"), duration: IsoDuration }),
  z.strictObject({ is: z.literal("on"), day: z.iso.date("a day like 2026-12-31") }),
]);
export type End = z.infer<typeof End>;

/** The last instant of an end told now; null = open. */
export function endOf(end: End, now: Date, zone: string): Date | null {
  switch (end.is) {
    case "open":
      return null;
    case "after":
      return new Date(later(now.getTime(), end.duration, zone));
    case "on":
      return new Date(endOfDay(end.day, zone));
    default:
      return end satisfies never;
  }
}
