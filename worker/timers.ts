import { log } from "@/platform/log";
import { dueTurn } from "@/services/engine/due-turn";
import { type Near, nearDue } from "@/services/rings/conductors";
import { Shares } from "./shares";

const LOOK_MS = 250;
/** Instants are known this long before they come, so that they are met and not found. */
const AHEAD_MS = 2 * LOOK_MS;
const SHARES_MS = 2000;
/** What is another worker's share is taken after so long: that worker may be dead, and still be thought to beat. */
const OTHERS_MS = 500;
/** As with lanes: more than the cores only wait for each other. */
const AT_ONCE = 2;

/**
 * Moves the members of sleeping journeys when their time is up (decision 101): looks a little ahead in the ledger and holds nothing that a
 * restart could lose. Any worker, any journey; each begins with its share.
 */
export async function startTimers(shares = new Shares()): Promise<() => Promise<void>> {
  const set = new Map<string, NodeJS.Timeout>();
  const waiting: Near[] = [];
  const running = new Set<Promise<void>>();
  let stopped = false;

  const pump = (): void => {
    while (!stopped && running.size < AT_ONCE) {
      const next = waiting.shift();
      if (!next) return;
      const run = dueTurn(next)
        .catch((error: unknown) =>
          log("worker").warn(
            { err: error, conductor: next.conductor },
            "who is due could not be moved; it is tried again",
          ),
        )
        .finally(() => {
          running.delete(run);
          set.delete(next.conductor);
          pump();
        });
      running.add(run);
    }
  };
  const at = (near: Near): void => {
    const ms = Math.max(0, near.ms) + (shares.isMine(near.conductor) ? 0 : OTHERS_MS);
    const ring = (): void => {
      waiting.push(near);
      pump();
    };
    set.set(near.conductor, setTimeout(ring, ms));
  };
  const look = async (): Promise<void> => {
    for (const near of await nearDue(AHEAD_MS)) if (!stopped && !set.has(near.conductor)) at(near);
  };

  let looking = false;
  let sharedAt = Number.NEGATIVE_INFINITY;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    const isTime = performance.now() - sharedAt > SHARES_MS;
    if (isTime) sharedAt = performance.now();
    Promise.all([look(), isTime && shares.look()])
      .catch((error: unknown) => log("worker").warn({ err: error }, "who is due could not be read"))
      .finally(() => {
        looking = false;
      });
  }, LOOK_MS);
  return async () => {
    stopped = true;
    clearInterval(timer);
    for (const one of set.values()) clearTimeout(one);
    await Promise.allSettled(running);
  };
}
