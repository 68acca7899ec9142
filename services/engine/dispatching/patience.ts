import type { JourneyId, RunId } from "@/core/ids";

/** Longer than any worker needs for a run that can be moved: one that still stands there is broken, or its stock is held by somebody. */
const PATIENCE_MS = 10_000;
/** Until something is waited for once more. */
const FORGOTTEN_MS = 60_000;

/** What an event waits for: a run that is about to move on, or a place in a journey that runs of others are about to leave. */
type Awaited = RunId | JourneyId;
const since = new Map<Awaited, number>();

/** Whether this worker has waited for it as long as a member's later events can bear: then the event is judged as things stand. */
export const isTooLong = (awaited: Awaited): boolean => {
  const ms = performance.now() - (since.get(awaited) ?? Number.POSITIVE_INFINITY);
  return ms > PATIENCE_MS && ms < FORGOTTEN_MS;
};

/** Events wait for these, and the turn could not move them. */
export function noteWaiting(awaited: Iterable<Awaited>): void {
  const now = performance.now();
  for (const [one, at] of since) if (now - at > FORGOTTEN_MS) since.delete(one);
  for (const one of awaited) if (!since.has(one)) since.set(one, now);
}

/** A journey has places again: the next wait for one begins anew. */
export const noteFree = (journey: JourneyId): void => void since.delete(journey);
