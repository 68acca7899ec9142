import { takeFrom } from "@/core/policy/rate";

/** Callers are forgotten once their bucket is full again; asked after when this many are known. */
const MOST_KNOWN = 10_000;

/** How fast each caller may be, in this process. Answers the milliseconds to wait, 0 = go on. */
export function rates(perSecond: number, burst = perSecond * 2): (caller: string, cost?: number) => number {
  const known = new Map<string, number>();
  return (caller, cost = 1) => {
    const now = performance.now();
    if (known.size >= MOST_KNOWN) for (const [one, full] of known) if (full <= now) known.delete(one);
    const { full, wait } = takeFrom(known.get(caller) ?? 0, now, { perSecond, burst, cost });
    known.set(caller, full);
    return wait;
  };
}
