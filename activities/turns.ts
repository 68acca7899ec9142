import { setTimeout as pause } from "node:timers/promises";
import { journeyConductor } from "@/core/ids";
import { type Shard, START } from "@/services/engine/claim";
import { conduct, type Turn } from "@/services/engine/conduct";
import { msSinceEvents } from "@/services/engine/dispatching/dispatch";
import { ringsOf, rungSince } from "./bell";

/**
 * Runs that an event readied are taken up to HOT at once: behind a full batch waits only what is as urgent, and small batches cost more time a
 * member. Bulk work is taken in shares of about 50 ms, and beside a full batch of event-readied runs a fifth of the batch; but never in shares so small that most of their time
 * goes into what each batch costs whatever its size (decision 043).
 */
const HOT = 500;
const BESIDE_HOT = HOT / 4;
const MOST_BULK = 500;
const LEAST_BULK = 200;
const GROWTH = 50;
const SLOW_MS = 50;

/** While there is a backlog two batches are under way, so that the database works while the other is decided here; for at most this long. */
const AT_ONCE = 2;
const BACKLOG_MS = 1000;

/** While events came lately, bulk work rests after each batch for as long as the batch took: they find a core free. */
const EVENTFUL_MS = 2000;

/** So many in one batch are a crowd: the workers' timers leave those to the conductor, which stays in its chair for more of them. */
const CROWD = 64;
const CROWDED_MS = 5000;

/** The turns of one shard: how much each takes, where the next looks, and how many are under way. */
export class Turns {
  private cursor = START;
  private bulk = BESIDE_HOT;
  private isBacklog = false;
  private isBulky = false;
  private crowdedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly shard: Shard) {}

  /** Whether a batch lately moved a crowd. */
  get isCrowded(): boolean {
    return performance.now() - this.crowdedAt < CROWDED_MS;
  }

  async next(): Promise<"moved" | "look again" | "idle" | "over"> {
    if (this.isBacklog) return this.backlog();
    if (this.isBulky) return this.bulky();
    const began = performance.now();
    const turn = await conduct(this.shard, this.cursor, { hot: HOT, bulk: this.bulk });
    if (turn.is === "over") return "over";
    if (turn.is === "moved") {
      this.resize(turn.count, performance.now() - began);
      this.note(turn);
      this.isBulky = turn.bulk > turn.count >> 1;
      this.isBacklog = !this.isBulky && turn.count >= HOT;
      return "moved";
    }
    // Orders are given before they commit, so one may lie behind the cursor: an empty look from a cursor looks once more from the start.
    const isFromStart = this.cursor === START;
    this.cursor = START;
    return isFromStart ? "idle" : "look again";
  }

  /** Each passes over what the other holds. A failed turn waits for its neighbour, then throws. */
  private async backlog(): Promise<"moved" | "look again"> {
    const end = performance.now() + BACKLOG_MS;
    let moved = 0;
    const ended = await Promise.allSettled(
      Array.from({ length: AT_ONCE }, async () => {
        for (let isMore = true; isMore && performance.now() < end; ) {
          const turn = await conduct(this.shard, this.cursor, { hot: HOT, bulk: BESIDE_HOT });
          isMore = turn.is === "moved" && turn.count >= HOT;
          if (turn.is !== "moved") continue;
          moved += turn.count;
          this.note(turn);
        }
        return performance.now() >= end;
      }),
    );
    const broken = ended.find((one) => one.status === "rejected");
    if (broken) throw broken.reason;
    this.isBacklog = ended.every((one) => one.status === "fulfilled" && one.value);
    return moved > 0 ? "moved" : "look again";
  }

  /**
   * Bulk work, and beside it whatever events ready meanwhile: mixed into bulk batches, an event waited for the rest of one and for all of the
   * next (decision 045). A crowd of events goes back to mixed batches, where each has its share.
   */
  private async bulky(): Promise<"moved" | "look again" | "over"> {
    const over = new AbortController();
    const [bulk, hot] = await Promise.allSettled([
      this.bulkThenRest().finally(() => over.abort()),
      this.hotUntil(over.signal),
    ]);
    if (bulk.status === "rejected") throw bulk.reason;
    if (hot.status === "rejected") throw hot.reason;
    if (bulk.value.is === "over") return "over";
    this.isBulky = bulk.value.is === "moved" && hot.value < HOT;
    if (bulk.value.is !== "moved") return "look again";
    this.note(bulk.value);
    return "moved";
  }

  private async bulkThenRest(): Promise<Turn> {
    const began = performance.now();
    const turn = await conduct(this.shard, this.cursor, { hot: 0, bulk: this.bulk });
    const ms = performance.now() - began;
    if (turn.is !== "moved") return turn;
    this.resize(turn.count, ms);
    if (msSinceEvents() < EVENTFUL_MS) await pause(Math.min(ms, SLOW_MS));
    return turn;
  }

  /** Moves what events readied, now and at each ring, until `over`. Returns how many the largest batch had. */
  private async hotUntil(over: AbortSignal): Promise<number> {
    const id = journeyConductor(this.shard.journey, this.shard.shard);
    // From the start: orders are given before they commit, and one may lie behind the cursor.
    let cursor = START;
    let most = 0;
    let rings: number;
    do {
      rings = ringsOf(id);
      const turn = await conduct(this.shard, cursor, { hot: HOT, bulk: 0 });
      if (turn.is !== "moved") continue;
      cursor = turn.cursor;
      most = Math.max(most, turn.count);
    } while (await rungSince(id, rings, over));
    return most;
  }

  private note({ cursor, count }: Extract<Turn, { is: "moved" }>): void {
    if (count >= CROWD) this.crowdedAt = performance.now();
    this.cursor = { hot: Math.max(this.cursor.hot, cursor.hot), bulk: Math.max(this.cursor.bulk, cursor.bulk) };
  }

  private resize(count: number, ms: number): void {
    if (count > this.bulk) this.bulk = Math.min(this.bulk, BESIDE_HOT);
    else if (ms > SLOW_MS) this.bulk = Math.max(LEAST_BULK, this.bulk >> 1);
    else this.bulk = Math.min(MOST_BULK, this.bulk + GROWTH);
  }
}
