import type { WorkspaceId } from "@/core/ids";

/** A count that took less than this may be made at each look. */
const CHEAP_MS = 200;
/** Counting takes at most a tenth of the time, whatever the size of what is counted and however many look. */
const TIMES_ITS_COST = 10;
const MOST_MS = 120_000;
const MOST_KEYS = 1_000;

type Kept<T> = { value: T; until: number };
/** `standsMs`: how long this is told yet before it is counted anew; 0: it was counted for this look. */
export type Told<T> = { value: T; standsMs: number };

/**
 * What is costly to count and is looked at by many, once for all of one process: per workspace and name for `leastMs`, and ten times as long as it
 * took to count where that is longer. While it is counted anew, everybody else gets what was counted before; `leastMs: 0` counts cheap things
 * each time, so that a small workspace sees every change at once.
 */
export class Counted<T> {
  private readonly kept = new Map<string, Kept<T>>();
  private readonly counting = new Map<string, Promise<Kept<T>>>();

  constructor(
    private readonly leastMs: number,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** `count` runs in the caller's own transaction. Whoever waits for another's first count has said nothing to the database yet, or holds no lock. */
  async of(workspace: WorkspaceId, name: string, count: () => Promise<T>): Promise<Told<T>> {
    const key = `${workspace} ${name}`;
    const known = this.kept.get(key);
    const underWay = this.counting.get(key);
    if (known && (underWay || this.clock() < known.until)) return this.told(known);
    // A count that fails is its caller's own trouble; the others count for themselves.
    const others = underWay && this.leastMs > 0 ? await underWay.catch(() => undefined) : undefined;
    return this.told(others ?? (await this.anew(key, count)));
  }

  private told({ value, until }: Kept<T>): Told<T> {
    return { value, standsMs: Math.max(0, Math.ceil(until - this.clock())) };
  }

  private async anew(key: string, count: () => Promise<T>): Promise<Kept<T>> {
    const counting = this.timed(count);
    this.counting.set(key, counting);
    try {
      const kept = await counting;
      this.kept.delete(key);
      if (kept.until > this.clock()) this.kept.set(key, kept);
      // What was counted longest ago is forgotten first.
      for (const old of this.kept.keys()) {
        if (this.kept.size <= MOST_KEYS) break;
        this.kept.delete(old);
      }
      return kept;
    } finally {
      if (this.counting.get(key) === counting) this.counting.delete(key);
    }
  }

  private async timed(count: () => Promise<T>): Promise<Kept<T>> {
    const begun = this.clock();
    const value = await count();
    const ended = this.clock();
    const cost = ended - begun;
    const wanted = cost < CHEAP_MS ? this.leastMs : Math.max(this.leastMs, cost * TIMES_ITS_COST);
    return { value, until: ended + Math.min(wanted, MOST_MS) };
  }
}
