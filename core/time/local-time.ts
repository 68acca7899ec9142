import { FixedOffsetZone, IANAZone } from "luxon";
import { isDay } from "./day";

/** A time of day as clocks show it: `HH:MM`, 00:00 to 23:59. */
export const LOCAL_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Whether a text is a day that the calendar has and a time of day, as clocks show them: `YYYY-MM-DDTHH:MM`. 30 February is none, and no 2 March. */
export const isLocalMoment = (text: string): boolean =>
  text[10] === "T" && isDay(text.slice(0, 10)) && LOCAL_TIME.test(text.slice(11));

const DAY_MS = 86_400_000;

/**
 * The instant (epoch milliseconds) at which a zone's clocks show a time on a day. Where they show it twice, the first; where they
 * skip it, as much later as they skip (02:30 is 03:30 on the day that lacks 02:00 to 03:00). NaN for a day that is none.
 */
export function atLocal(day: string, time: string, zone: string): number {
  const shown = Date.parse(`${day}T${time}:00Z`);
  const before = shown - offsetAt(shown - DAY_MS, zone);
  const after = shown - offsetAt(shown + DAY_MS, zone);
  const shows = (instant: number) => instant + offsetAt(instant, zone) === shown;
  if (before <= after) return shows(before) ? before : shows(after) ? after : before;
  return shows(after) && !shows(before) ? after : before;
}

/** What a zone's clocks are ahead of UTC, in milliseconds. */
export function offsetAt(instant: number, zone: string): number {
  const known = offsets.get(zone) ?? new Map<number, number>();
  const key = instant < WHOLE_MINUTES ? instant : Math.floor(instant / 60_000) * 60_000;
  let offset = known.get(key);
  if (offset !== undefined) return offset;
  offset = (zones.get(zone) ?? zoneNamed(zone)).offset(key) * 60_000;
  if (offsets.size >= 1000 || known.size >= MOST_OFFSETS) offsets.clear();
  offsets.set(zone, known.size >= MOST_OFFSETS ? new Map([[key, offset]]) : known.set(key, offset));
  return offset;
}

// A million birthdays ask for the same few thousand instants, and events of one minute for the same one; a formatter's answer costs 10 µs.
const MOST_OFFSETS = 10_000;
// The last zone whose clocks were off by seconds (Liberia's) gave them up in 1972; since then clocks change at whole minutes.
const WHOLE_MINUTES = Date.UTC(1973, 0, 1);
const offsets = new Map<string, Map<number, number>>();

// Asking makes a formatter, which costs more than what is done with the answer.
const known = new Map<string, boolean>();
/** Whether a name is a zone's. */
export function isZone(name: string): boolean {
  let answer = known.get(name);
  if (answer === undefined) {
    answer = IANAZone.isValidZone(name);
    if (known.size < 1000) known.set(name, answer);
  }
  return answer;
}

const zones = new Map<string, IANAZone | FixedOffsetZone>();
function zoneNamed(name: string): IANAZone | FixedOffsetZone {
  const zone = IANAZone.isValidZone(name) ? IANAZone.create(name) : FixedOffsetZone.utcInstance;
  if (zones.size < 1000) zones.set(name, zone);
  return zone;
}
