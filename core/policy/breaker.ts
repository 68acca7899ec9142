/** A provider's circuit: failures in a row, how often it has tripped since the last success, and until when nobody calls (epoch milliseconds). */
export type Circuit = { failures: number; trips: number; openUntil: number | null };
export const CLOSED: Circuit = { failures: 0, trips: 0, openUntil: null };

const TRIPS_AT = 5;
const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** How many are risked to see whether it works again. */
export const PROBES = 2;

/** open: nobody calls. probing: it was open, and a few calls are to tell. Open for longer than any pause is of a clock that was set back since. */
export function stateOf({ trips, openUntil }: Circuit, now: number): "closed" | "open" | "probing" {
  if (openUntil !== null && openUntil > now && openUntil <= now + LONGEST_PAUSE_MS) return "open";
  return trips > 0 ? "probing" : "closed";
}

/**
 * The circuit after some calls ended. One that went well closes it; five failures in a row, or one while probing, open it for five seconds,
 * twice as long each time, five minutes at most. Calls that were under way when it opened change nothing by failing.
 */
export function afterCalls(circuit: Circuit, ended: { well: number; badly: number }, now: number): Circuit {
  if (ended.well > 0) return CLOSED;
  if (ended.badly === 0 || stateOf(circuit, now) === "open") return circuit;
  const failures = circuit.failures + ended.badly;
  if (failures < TRIPS_AT && circuit.trips === 0) return { ...circuit, failures };
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(circuit.trips, 10));
  return { failures, trips: circuit.trips + 1, openUntil: now + pause };
}
