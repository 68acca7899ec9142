const TRUSTED_SKEW_MS = 60_000;
const EARLIEST = Date.UTC(1970, 0, 2);

/**
 * When an event happened, in epoch milliseconds; undefined when the timestamp cannot be read. A sender whose clock is wrong by more than a
 * minute is corrected by the difference between `sentAt` and our own time, as Segment does; nothing happened later than we heard of it.
 * `isMoved`: the timestamp lies by more than that in the future, or before all computers, and another instant stands for it.
 */
export function occurredAt(
  timestamp: unknown,
  sentAt: unknown,
  receivedAt: number,
): { at: number; isMoved: boolean } | undefined {
  if (timestamp === undefined || timestamp === null || timestamp === "") return { at: receivedAt, isMoved: false };
  const said = instant(timestamp);
  if (said === undefined) return undefined;
  const sent = instant(sentAt);
  const skew = sent === undefined ? 0 : receivedAt - sent;
  const meant = Math.abs(skew) > TRUSTED_SKEW_MS ? said + skew : said;
  const isMoved = meant > receivedAt + TRUSTED_SKEW_MS || meant < EARLIEST;
  return { at: Math.max(EARLIEST, Math.min(receivedAt, meant)), isMoved };
}

function instant(value: unknown): number | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const at = typeof value === "number" ? value : Date.parse(value);
  return Number.isNaN(at) || at > 8e14 ? undefined : at;
}
