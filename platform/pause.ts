import { backoffMs } from "@/core/time/backoff";

/**
 * Milliseconds until what was refused for now is tried again: by how often it was tried, and no sooner than the other side asked. Spread by a
 * quarter, so that one that comes back is not met by all at once.
 */
export const pauseMs = (attempts: number, after = 0): number =>
  Math.round(Math.max(after, backoffMs(attempts) * (0.75 + Math.random() / 2)));
