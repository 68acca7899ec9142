import { endOfDay } from "../time/calendar";
import { dayOf, dayPlus, startOfDay } from "../time/day";
import type { Validity } from "./offer";

/** The last instant a coupon issued now can be used: 23:59:59 workspace-local on day N, the day of issue being day 1. */
export function couponEnd(validity: Validity, issuedAt: Date, zone: string): Date {
  switch (validity.is) {
    case "days":
      return new Date(endOfDay(dayPlus(dayOf(issuedAt.getTime(), zone), validity.days - 1), zone));
    case "fixed":
      return new Date(endOfDay(validity.until, zone));
    default:
      return validity satisfies never;
  }
}

/** The first instant it can be used; null = at once. */
export const couponStart = (validity: Validity, zone: string): Date | null =>
  validity.is === "fixed" && validity.from !== null ? new Date(startOfDay(validity.from, zone)) : null;
