import { isDay } from "./day";

/** ISO 8601 as it is written abroad too: a blank for the T, finer fractions, the offset without a colon, or none. */
const ISO = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?) ?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/;
/** RFC 2822, HTTP's form of it, and what a JavaScript Date says of itself: the month in letters, and a zone, so that nothing is guessed. */
const LETTERS =
  /^(?:[A-Z][a-z]{2},? )?(?:\d{1,2} [A-Z][a-z]{2}|[A-Z][a-z]{2} \d{1,2}),? \d{4} \d{2}:\d{2}(?::\d{2})? (?:GMT|UTC|Z|(?:GMT|UTC)?[+-]\d{4})(?: \([^()]*\))?$/;
const UNIX = /^\d{9,11}(?:\.\d+)?$|^\d{12,14}$/;
/** Below it a number counts seconds: as milliseconds it would lie before March 1973, as seconds it reaches to the year 5138. */
const LEAST_MS = 1e11;
const LARGEST_MS = 8e14;

/**
 * An instant as senders write it, in epoch milliseconds: ISO 8601, RFC 2822, or Unix time in seconds or milliseconds. Without a zone it is
 * read as UTC, whatever the zone of this machine, and `hasZone` is false; undefined when it is none of these, or the calendar has no such day.
 */
export function readInstant(value: unknown): { at: number; hasZone: boolean } | undefined {
  if (typeof value === "number") return ofUnix(value);
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (UNIX.test(text)) return ofUnix(Number(text));
  const [, day, time, zone] = ISO.exec(text) ?? [];
  if (day !== undefined) {
    if (!isDay(day)) return undefined;
    const offset = zone === undefined ? "Z" : zone.toUpperCase().replace(/^([+-]\d{2}):?(\d{2})?$/, offsetOf);
    return known(Date.parse(`${day}T${(time ?? "00:00").replace(",", ".")}${offset}`), zone !== undefined);
  }
  return LETTERS.test(text) ? known(Date.parse(text), true) : undefined;
}

const offsetOf = (_: string, hours: string, minutes: string | undefined): string => `${hours}:${minutes ?? "00"}`;
const ofUnix = (count: number) => known(Math.abs(count) < LEAST_MS ? count * 1000 : count, true);
const known = (at: number, hasZone: boolean) =>
  Number.isFinite(at) && at <= LARGEST_MS ? { at: Math.trunc(at), hasZone } : undefined;
