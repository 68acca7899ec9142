import { z } from "zod";
import { isDuration } from "../../time/duration";

/** How long something takes, as documents hold it: P7D is seven calendar days of the member's zone, PT10M exactly ten minutes. */
export const IsoDuration = z
  .string()
  .max(40)
  .refine(isDuration, "an ISO 8601 duration of more than nothing and at most ten years, like P7D or PT10M");
