import type { WorkspaceId } from "@/core/ids";
import { isTooSlow } from "./db/errors";

/** A count that took less than this may be made at each look. */
const CHEAP_MS = 200;
/** Counting takes at most a tenth of the time, whatever the size of what is counted and however many look. */
const TIMES_ITS_COST = 10;
const MOST_MS = 120_000;
const MOST_KEYS = 1_000;

type Kept<T> = { value: T; until: number };
/** That it took too long to be counted, which the next try would find as well. */
type Failed = { error: unknown; until: number };
/** `standsMs`: how long this is told yet before it is counted anew; 0: it was counted for this look. */
export type Told<T> = { value: T; standsMs: number };

/**
 * What is costly to count and is looked at by many, once for all of one process: per workspace and name for `leastMs`, and ten times as long as it
 * took to count where that is longer. While it is counted anew, everybody else gets what was counted before; `leastMs: 0` counts cheap things
 * each time, so that a small workspace sees every change at once. A count that took too long is tried again no sooner, and by one: until then
 * all get what was counted before, or its error where nothing was.
 */
export class Counted<T> {
  private readonly kept = new Map<string, Kept<T> | Failed>();
  private readonly counting = new Map<string, Promise<Kept<T>>>();

  private readonly clock: () => number;
  private readonly mostMs: number;
  /** `mostMs`: no count is told longer, whatever it cost: for what is followed live. */
  constructor(
    private readonly leastMs: number,
    { clock = () => performance.now(), mostMs = MOST_MS }: { clock?: () => number; mostMs?: number } = {},
  ) {
    this.clock = clock;
    this.mostMs = mostMs;
  }

  /**
   * Throws what `count` throws. Where `leastMs` is more than 0 the first count is waited for by all who look: they must hold no connection meanwhile, and
   * `count` needs a transaction of its own. With 0 nobody waits, and it may run in the caller's.
   */
  async of(workspace: WorkspaceId, name: string, count: () => Promise<T>): Promise<Told<T>> {
    const key = `${workspace} ${name}`;
    for (;;) {
      const known = this.kept.get(key);
      const underWay = this.counting.get(key);
      if (known && (underWay || this.clock() < known.until)) return this.told(known);
      if (!underWay || this.leastMs === 0) return this.told(await this.anew(key, count));
      // When it fails, what it left is told, or the first who comes counts for the others.
      const other = await underWay.catch(() => undefined);
      if (other) return this.told(other);
    }
  }

  private told(known: Kept<T> | Failed): Told<T> {
    if ("error" in known) throw known.error;
    return { value: known.value, standsMs: Math.max(0, Math.ceil(known.until - this.clock())) };
  }

  private async anew(key: string, count: () => Promise<T>): Promise<Kept<T>> {
    const begun = this.clock();
    const counting = this.timed(begun, count);
    this.counting.set(key, counting);
    try {
      const kept = await counting;
      this.keep(key, kept);
      return kept;
    } catch (error) {
      const before = this.kept.get(key);
      const until = this.until(begun);
      if (isTooSlow(error)) this.keep(key, before && "value" in before ? { ...before, until } : { error, until });
      throw error;
    } finally {
      if (this.counting.get(key) === counting) this.counting.delete(key);
    }
  }

  private keep(key: string, known: Kept<T> | Failed): void {
    this.kept.delete(key);
    if (known.until > this.clock()) this.kept.set(key, known);
    // What was counted longest ago is forgotten first.
    for (const old of this.kept.keys()) {
      if (this.kept.size <= MOST_KEYS) break;
      this.kept.delete(old);
    }
  }

  private async timed(begun: number, count: () => Promise<T>): Promise<Kept<T>> {
    const value = await count();
    return { value, until: this.until(begun) };
  }

  /** Until when what was begun then stands. */
  private until(begun: number): number {
    const ended = this.clock();
    const cost = ended - begun;
    const wanted = cost < CHEAP_MS ? this.leastMs : Math.max(this.leastMs, cost * TIMES_ITS_COST);
    return ended + Math.min(wanted, this.mostMs);
  }
}
