import type { WorkspaceId } from "@/core/ids";

/** No transaction is open so long after the instant that it writes, clocks that differ a little included. */
const OPEN_MS = 120_000;
const APART_MS = 10_000;
const MOST_KEYS = 1_000;

/** Counts by name, of what lies from one instant (null: ever) to before another (null: still to come). */
type Count<S> = (from: Date | null, until: Date | null) => Promise<S>;

/**
 * Sums over rows that never change once their instant is past, such as runs by when they ended: kept per workspace and name, so that each look
 * counts only what came in the last minutes, and is exact.
 */
export class Settled<S extends Record<string, number>> {
  private readonly kept = new Map<string, { until: Date; sums: S }>();

  /** `from` belongs to the name: another beginning is another sum. */
  async of(
    workspace: WorkspaceId,
    name: string,
    { from, now }: { from: Date | null; now: Date },
    count: Count<S>,
  ): Promise<S> {
    const key = `${workspace} ${name} ${from?.getTime() ?? ""}`;
    const until = new Date(now.getTime() - OPEN_MS);
    let known = this.kept.get(key);
    if (from !== null && until <= from) return count(from, null);
    if (!known || until.getTime() - known.until.getTime() > APART_MS) {
      const more = await count(known?.until ?? from, until);
      known = { until, sums: known ? plus(known.sums, more) : more };
      this.kept.delete(key);
      this.kept.set(key, known);
      for (const old of this.kept.keys()) {
        if (this.kept.size <= MOST_KEYS) break;
        this.kept.delete(old);
      }
    }
    return plus(known.sums, await count(known.until, null));
  }
}

function plus<S extends Record<string, number>>(a: S, b: S): S {
  return Object.fromEntries(Object.entries(a).map(([name, count]) => [name, count + (b[name] ?? 0)])) as S;
}
