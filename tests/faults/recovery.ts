import { availableParallelism, loadavg } from "node:os";
import { peek, sql } from "@/platform/db";
import { until } from "../harness/until";
import { atMost, type Finding } from "./findings";

/** The instants from which it is counted how long it took until the next member moved. */
export class Recovery {
  private readonly since: number[] = [];

  /** Counts from now; resolves when a member has moved since. Throws when none does within the deadline, by default half a minute. */
  async next(deadline = 30_000): Promise<void> {
    const from = Date.now();
    this.since.push(from);
    await until(async () => (await firstMove(from)) !== undefined, {
      deadline,
      every: 50,
      what: "the next member's move",
    });
  }

  /** The longest and the median, in milliseconds, against what was promised on a machine that has nothing else to do. */
  async findings(part: string, mostMs: number): Promise<Finding[]> {
    const took: number[] = [];
    for (const from of this.since) {
      const at = await firstMove(from);
      if (at !== undefined) took.push(at - from);
    }
    took.sort((a, b) => a - b);
    const slack = allowance();
    const most = Math.round(mostMs * slack);
    return [
      {
        ...atMost(`milliseconds from ${part} to the next member moved, at most`, took.at(-1) ?? Infinity, most),
        shown: `${part}: next member moved after ${took[took.length >> 1]} ms (median of ${took.length}), ${took.at(-1)} ms at most, allowed ${most}${slack > 1 ? ` (${mostMs} on an idle machine)` : ""}`,
      },
    ];
  }
}

const MOST_SLACK = 3;

/** Where more wants to run than there are processors, all takes so many times longer; past three times nothing is excused. */
const allowance = (): number => Math.min(MOST_SLACK, Math.max(1, (loadavg()[1] ?? 0) / availableParallelism()));

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
