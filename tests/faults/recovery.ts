import { setTimeout as pause } from "node:timers/promises";
import { peek, sql } from "@/platform/db";
import { slack, until } from "../harness/until";
import { atMost, count, type Finding } from "./findings";

/** The instants from which it is counted how long it took until the next member moved. */
export class Recovery {
  private readonly since: number[] = [];
  private readonly caughtUp: number[] = [];
  private readonly sent: number[] = [];

  /** `order`: places another order, so that there is always somebody to move, however long the strikes take. */
  constructor(private readonly order?: () => Promise<void>) {}

  /**
   * Counts from now; resolves when a member has moved since, then all that waited for a move, and all messages that waited have left. Throws
   * when one of these does not come within the deadline, by default a minute.
   */
  async next(deadline = 60_000): Promise<void> {
    const from = Date.now();
    this.since.push(from);
    const waiting = { deadline, every: 50 };
    const ordering = this.ordering();
    try {
      await until(async () => (await firstMove(from)) !== undefined, { ...waiting, what: "the next member's move" });
    } finally {
      await ordering.end();
    }
    // A run that comes alone is moved by whoever takes its event; what was left behind or falls due is the conductors'.
    await until(async () => (await leftFrom(from)) === 0, { ...waiting, what: "the moves of all that waited" });
    this.caughtUp.push(Date.now() - from);
    await until(async () => (await unsentFrom(from)) === 0, { ...waiting, what: "the sending of all that waited" });
    this.sent.push(Date.now() - from);
  }

  /** An order a second, until it is ended. */
  private ordering(): { end(): Promise<void> } {
    const ending = new AbortController();
    const all = (async () => {
      while (this.order && !ending.signal.aborted) {
        await this.order();
        await pause(1000, undefined, { signal: ending.signal }).catch(() => {});
      }
    })();
    // What it throws is told by whoever ends it.
    all.catch(() => {});
    return {
      end() {
        ending.abort();
        return all;
      },
    };
  }

  /** The longest and the median, in milliseconds, against what was promised on a machine that has nothing else to do. */
  async findings(part: string, mostMs: number): Promise<Finding[]> {
    const took: number[] = [];
    for (const from of this.since) {
      const at = await firstMove(from);
      if (at !== undefined) took.push(at - from);
    }
    const excuse = slack();
    const most = Math.round(mostMs * excuse);
    const all = Math.max(0, ...this.caughtUp);
    return [
      atMost(
        `milliseconds from ${part} to the next member moved, at most`,
        took.length > 0 ? Math.max(...took) : Infinity,
        most,
      ),
      {
        ...atMost(`milliseconds from ${part} until all that waited had moved, at most`, all, most),
        times: {
          part,
          moved: spread(took),
          all: spread(this.caughtUp),
          sent: spread(this.sent),
          allowed: most,
          onAnIdleMachine: mostMs,
        },
      },
    ];
  }
}

const spread = (all: readonly number[]): [number, number] => {
  const sorted = [...all].sort((a, b) => a - b);
  return [sorted[sorted.length >> 1] ?? 0, sorted.at(-1) ?? 0];
};

/** Events that were accepted by then and not acted on, runs that they readied, and waits that were due by then. */
const leftFrom = (then: number): Promise<number> =>
  count(sql`
    SELECT (SELECT count(*) FROM inbox WHERE accepted_at <= ${new Date(then)})
      + (SELECT count(*) FROM run WHERE state = 'ready' AND (entry_event ->> 'acceptedAt')::float8 <= ${then})
      + (SELECT count(*) FROM run WHERE state = 'parked' AND due_at <= ${new Date(then)}) AS n`);

/** Messages that were queued by then and that nobody has taken since. */
const unsentFrom = (then: number): Promise<number> =>
  count(sql`SELECT count(*) AS n FROM message WHERE state = 'queued' AND queued_at <= ${new Date(then)}`);

/** By the database's clock, which is this machine's. */
async function firstMove(since: number): Promise<number | undefined> {
  const [row] = await peek<{ at: Date | null }>(sql`SELECT min(at) AS at FROM journal WHERE at > ${new Date(since)}`);
  return row?.at?.getTime();
}

/** The longest that an order waited from its acceptance to its run's first step, in milliseconds. */
export async function worstWait(): Promise<number> {
  const [row] = await peek<{ ms: number }>(sql`
    SELECT (extract(epoch FROM max(j.at - to_timestamp((r.entry_event ->> 'acceptedAt')::float8 / 1000))) * 1000)::int AS ms
    FROM run r JOIN LATERAL (SELECT min(at) AS at FROM journal j WHERE j.workspace_id = r.workspace_id AND j.run_id = r.id) AS j ON true`);
  return row?.ms ?? 0;
}

/** The longest that a wait's time-out came late, in milliseconds: those are the conductors', while few orders at a time are moved as they come. */
export async function worstLateness(waitMs: number): Promise<number> {
  const [row] = await peek<{ ms: number }>(sql`
    SELECT (extract(epoch FROM max(ended.at - parked.at)) * 1000)::int - ${waitMs}::int AS ms
    FROM journal ended JOIN journal parked ON parked.workspace_id = ended.workspace_id AND parked.run_id = ended.run_id AND parked.step = 'mail.start'
    WHERE ended.step = 'wait.start' AND ended.port <> 'happened'`);
  return Math.max(0, row?.ms ?? 0);
}
