import { z } from "zod";
import { isLocalMoment, LOCAL_TIME } from "../../time/local-time";

/** A time of day, as documents hold it: `HH:MM` on the member's clocks. */
export const LocalTime = z.string().regex(LOCAL_TIME, "a time of day like 09:30");

/** A day and a time of day, as documents hold them: `YYYY-MM-DDTHH:MM` on the workspace's clocks. */
export const LocalMoment = z
  .string()
  .refine(isLocalMoment, "a day that the calendar has and a time, like 2026-12-01T10:00");
