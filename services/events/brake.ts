import { isBadData } from "@/platform/db";
import { log } from "@/platform/log";
import { counter } from "@/platform/metrics";

/** Over a fifth of the events judged lately, and more than a few: our code is at fault, and would bury every event there is. */
const SHARE = 0.2;
const FEW = 20;
/** What was judged a minute ago counts half. */
const HALF_LIFE_MS = 60_000;
const TOLD_MS = 10_000;

const held = counter("events_held_total", "Events left waiting because too many could not be judged");
const lately = { judged: 0, buried: 0, at: 0, toldAt: Number.NEGATIVE_INFINITY };

/** So many events were judged or stored in this process. */
export function judged(count: number, now = performance.now()): void {
  fade(now);
  lately.judged += count;
}

/**
 * Whether an event may be set aside over this error. Always where the database found its data at fault; where our own code threw, only as long
 * as few do: else it waits, so that a faulty release costs time and not thousands of dead letters. The brake lets go by itself as time passes,
 * so that no event stands in the way for ever.
 */
export function mayBury(error: unknown, now = performance.now()): boolean {
  if (isBadData(error)) return true;
  fade(now);
  if (lately.buried > FEW && lately.buried > lately.judged * SHARE) {
    held.inc();
    if (now - lately.toldAt > TOLD_MS) {
      lately.toldAt = now;
      log("events").error({ err: error }, "too many events cannot be judged: they wait; is this release at fault?");
    }
    return false;
  }
  lately.buried += 1;
  return true;
}

function fade(now: number): void {
  const left = 0.5 ** (Math.max(0, now - lately.at) / HALF_LIFE_MS);
  lately.judged *= left;
  lately.buried *= left;
  lately.at = now;
}
