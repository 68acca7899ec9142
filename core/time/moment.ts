import { DateTime } from "luxon";
import type { Moment } from "../plan/step";
import { later } from "./duration";

/** When a moment is, in epoch milliseconds; `after` counts from `now`, `at` without an offset is local to the zone. */
export const momentOf = (moment: Moment, now: number, zone: string): number =>
  "after" in moment ? later(now, moment.after, zone) : DateTime.fromISO(moment.at, { zone }).toMillis();
