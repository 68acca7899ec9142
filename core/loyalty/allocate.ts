import type { Refusal } from "../refusals";

/** What one claimant takes from one counter (a stock, a cap), and what to say when it is empty. */
export type Need = { counter: string; count: number; lack: Refusal };

/**
 * Shares out what remains, in the order given: each claimant gets all its needs or none, so that a later one with smaller needs may
 * still be served. A counter that is not in `remaining` has no limit. Returns, per claimant, null or why not; lowers `remaining`.
 */
export function allocate(claims: readonly (readonly Need[])[], remaining: Map<string, number>): (Refusal | null)[] {
  return claims.map((needs) => {
    const taken: Need[] = [];
    for (const need of needs) {
      const left = remaining.get(need.counter);
      if (left === undefined) continue;
      if (left < need.count) {
        for (const back of taken) remaining.set(back.counter, (remaining.get(back.counter) ?? 0) + back.count);
        return need.lack;
      }
      remaining.set(need.counter, left - need.count);
      taken.push(need);
    }
    return null;
  });
}
