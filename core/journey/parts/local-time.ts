import { z } from "zod";
import { LOCAL_TIME } from "../../time/local-time";

/** A time of day, as documents hold it: `HH:MM` on the member's clocks. */
export const LocalTime = z.string().regex(LOCAL_TIME, "a time of day like 09:30");
