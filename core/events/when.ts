import { readInstant } from "../time/read-instant";

const TRUSTED_SKEW_MS = 60_000;
const EARLIEST = Date.UTC(1970, 0, 2);

/**
 * When an event happened, in epoch milliseconds; undefined when the timestamp cannot be read. A sender whose clock is wrong by more than a
 * minute is corrected by the difference between `sentAt` and our own time, as Segment does; nothing happened later than we heard of it.
 * `hasZone`: false when the timestamp named none and was read as UTC.
 * `isMoved`: the timestamp lies by more than that in the future, or before all computers, and another instant stands for it.
 */
export function occurredAt(
  timestamp: unknown,
  sentAt: unknown,
  receivedAt: number,
): { at: number; isMoved: boolean; hasZone: boolean } | undefined {
  if (timestamp === undefined || timestamp === null || timestamp === "")
    return { at: receivedAt, isMoved: false, hasZone: true };
  const said = readInstant(timestamp);
  if (said === undefined) return undefined;
  const sent = readInstant(sentAt);
  const skew = sent === undefined ? 0 : receivedAt - sent.at;
  const meant = Math.abs(skew) > TRUSTED_SKEW_MS ? said.at + skew : said.at;
  const isMoved = meant > receivedAt + TRUSTED_SKEW_MS || meant < EARLIEST;
  return { at: Math.max(EARLIEST, Math.min(receivedAt, meant)), isMoved, hasZone: said.hasZone };
}
