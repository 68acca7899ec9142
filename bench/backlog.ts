import { peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { until } from "@/tests/harness/until";
import { type Bench, within } from "./bench";
import { type Campaign, campaign } from "./rig/campaign";
import { conductingWorker } from "./rig/engine-burst";
import { apiRole, batchOf, knownMembers, Sender, timed } from "./rig/events-api";
import { Installation } from "./rig/installation";
import { median, quantile } from "./rig/quantile";
import { spent } from "./rig/spent";

const BATCH = 100;
const CONNECTIONS = 4;

/** (h) Events faster than they are worked off: how long each takes to its message, and how fast a backlog drains. No senders: mails stay queued. */
export const backlog: Bench = {
  name: "backlog",
  about: "5,000 events at once → messages, and a backlog of 30,000 that drains after the worker was away",
  run: (options) =>
    Installation.use(options, async (here) => {
      const { isSmall, say } = options;
      const of = await campaign();
      await apiRole(here);
      const sender = new Sender(here.apiUrl, CONNECTIONS);
      const worker = await conductingWorker(here);
      await send(of, sender, 200);

      const burst = await queued(of, await send(of, sender, isSmall ? 200 : 5_000));
      const ms = burst.map(({ at, accepted }) => at - accepted);
      say(`a burst of ${ms.length}: p50 ${median(ms).toFixed(0)} ms, p99 ${quantile(ms, 0.99).toFixed(0)} ms`);

      await worker.stop();
      const waiting = await send(of, sender, isSmall ? 600 : 30_000);
      const before = here.cpu();
      const again = await conductingWorker(here);
      const drained = await queued(of, waiting);
      const used = here.cpu();
      const instants = drained.map(({ at }) => at);
      const rate = drained.length / ((Math.max(...instants) - Math.min(...instants)) / 1000);
      say(
        `a backlog of ${drained.length}: ${rate.toFixed(0)} events/s; processor time each: ${spent(before, used, drained.length)}`,
      );
      await again.stop();
      sender.close();
      return [
        within("burst of 5,000 events → messages, p50", "ms", median(ms), { most: 2500 }),
        within("burst of 5,000 events → messages, p99", "ms", quantile(ms, 0.99), { most: 5000 }),
        within("a backlog of 30,000 drains", "events/s", rate, { least: 1000 }),
      ];
    }),
};

/** Posts one order for each of so many new members; resolves when all are acknowledged. */
async function send(of: Campaign, sender: Sender, count: number): Promise<string[]> {
  const known = await knownMembers(of.shop, count);
  const sets = Array.from({ length: Math.ceil(count / BATCH) }, (_, i) => known.slice(i * BATCH, (i + 1) * BATCH));
  const order = (userId: string) => ({ messageId: newId(), userId, properties: { amount: 12_000, order_id: "o-1" } });
  await timed(sets, CONNECTIONS, (set) =>
    sender.post(
      batchOf(
        of.shop,
        set.map(({ userId }) => order(userId)),
      ),
    ),
  );
  return known.map(({ member }) => member);
}

/** Waits for these members' messages: when each one's event was accepted, and when its message was committed, epoch milliseconds. */
async function queued(
  { shop: { workspace } }: Campaign,
  members: readonly string[],
): Promise<{ accepted: number; at: number }[]> {
  const written = () =>
    peek<{ accepted: number; at: number }>(sql`
      SELECT (r.entry_event ->> 'acceptedAt')::float8 AS accepted, (extract(epoch FROM pg_xact_commit_timestamp(m.xmin)) * 1000)::float8 AS at
      FROM message m JOIN run r ON r.workspace_id = m.workspace_id AND r.id = m.run_id
      WHERE m.workspace_id = ${workspace} AND m.member_id = ANY(${[...members]}::uuid[])`);
  const isThere = async () =>
    ((
      await peek<{ n: number }>(
        sql`SELECT count(*)::int AS n FROM message WHERE workspace_id = ${workspace} AND member_id = ANY(${[...members]}::uuid[])`,
      )
    )[0]?.n ?? 0) === members.length;
  await until(isThere, { deadline: 240_000, every: 500, what: "every event's message" });
  return written();
}
