import { dayOf, dayPlus, instantOf, isDay, startOfDay } from "../time/day";
import type { Nature } from "./found";

/** A value on a number line, from its first to its last point: a day compared with instants is as long as a day. */
export type Span = { scale: "number" | "date" | "instant"; from: number; last: number };

const point = (scale: Span["scale"], at: number): Span => ({ scale, from: at, last: at });
// The years 1000–2999, in which JavaScript and Postgres write instants alike.
const FIRST = Date.UTC(1000, 0, 1);
const LAST = Date.UTC(3000, 0, 1);
const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Where a found value lies; undefined when it has no order (texts, lists, truth values). */
export function spanOf(value: unknown, nature: Nature): Span | undefined {
  if (typeof value === "number") return point(nature === "instant" ? "instant" : "number", value);
  if (typeof value !== "string" || nature === "text") return undefined;
  if (isDay(value)) return point("date", dayNumber(value));
  const instant = instantOf(value);
  return instant === undefined ? undefined : point("instant", instant);
}

/** What a found value on `scale` is compared with: days widen to the zone's whole day, instants narrow to the zone's date. */
export function wantedSpan(value: unknown, scale: Span["scale"], zone: string): Span | undefined {
  if (scale === "number") return typeof value === "number" ? point("number", value) : undefined;
  // A number is an instant when a typed field gave it (`{ field: "member.joined_at" }`).
  if (typeof value === "number")
    return scale === "instant" && value >= FIRST && value < LAST ? point("instant", value) : undefined;
  if (typeof value !== "string") return undefined;
  if (isDay(value)) {
    if (scale === "date") return point("date", dayNumber(value));
    return { scale: "instant", from: startOfDay(value, zone), last: startOfDay(dayPlus(value, 1), zone) - 1 };
  }
  const instant = instantOf(value);
  if (instant === undefined) return undefined;
  return scale === "instant" ? point("instant", instant) : point("date", dayNumber(dayOf(instant, zone)));
}
