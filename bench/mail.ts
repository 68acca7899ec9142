import { setTimeout as pause } from "node:timers/promises";
import { peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { until } from "@/tests/harness/until";
import { type Bench, within } from "./bench";
import { type Campaign, campaign } from "./rig/campaign";
import { apiRole, batchOf, knownMembers, Sender, timed } from "./rig/events-api";
import { Installation } from "./rig/installation";
import { productWorker } from "./rig/product";
import { median, quantile } from "./rig/quantile";
import { spent } from "./rig/spent";

const EVERY_MS = 50;
const BATCH = 100;
const CONNECTIONS = 4;
/** Bursts that only warm up: a role that started a minute ago spends twice as much on each mail. */
const COLD = 2;
const ROUNDS = 5;

/** (e) From an event's acceptance to the mail server's: at 20 events a second, and a burst. All roles are processes of their own. */
export const mail: Bench = {
  name: "mail",
  about: "event accepted → mail accepted by the SMTP server, at 20 events/s and in a burst of 1,000",
  run: (options) =>
    Installation.use(options, async (here) => {
      const { isSmall, say } = options;
      const of = await campaign();
      await Promise.all([apiRole(here), productWorker(here)]);
      const sender = new Sender(here.apiUrl, CONNECTIONS);
      await burstOf(of, sender, here, 50);

      const paced = await knownMembers(of.shop, isSmall ? 20 : 600);
      const began = performance.now();
      const posts: Promise<void>[] = [];
      for (const [i, { userId }] of paced.entries()) {
        await pause(Math.max(0, began + i * EVERY_MS - performance.now()));
        posts.push(sender.post(batchOf(of.shop, [order(userId)])));
      }
      await Promise.all(posts);
      const calm = await mails(of, here, paced);
      say(
        `20 events/s: p50 ${median(calm.ms).toFixed(0)} ms, p99 ${quantile(calm.ms, 0.99).toFixed(0)} ms, worst ${Math.max(...calm.ms).toFixed(0)} ms`,
      );

      await here.warmedUp();
      const bursts = [];
      for (let round = 0; round < COLD + ROUNDS; round++) {
        const count = isSmall ? 100 : 1000;
        const before = here.cpu();
        const burst = await burstOf(of, sender, here, count);
        const isCold = round < COLD;
        say(
          `a burst: ${burst.rate.toFixed(0)} mails/s; processor time a mail: ${spent(before, here.cpu(), count)}${isCold ? " (warm-up)" : ""}`,
        );
        if (!isCold) bursts.push(burst);
      }
      sender.close();
      return [
        within("mail at 20/s, p50", "ms", median(calm.ms), { most: 30 }),
        within("mail at 20/s, p99", "ms", quantile(calm.ms, 0.99), { most: 200 }),
        within("mails of a burst", "mails/s", median(bursts.map(({ rate }) => rate)), { least: 1000 }),
        within("mail in a burst, p50", "ms", median(bursts.map(({ ms }) => median(ms))), { most: 1000 }),
        within("mail in a burst, p99", "ms", median(bursts.map(({ ms }) => quantile(ms, 0.99))), { most: 1000 }),
      ];
    }),
};

const order = (userId: string) => ({ messageId: newId(), userId, properties: { amount: 12_000, order_id: "o-1" } });

async function burstOf(
  of: Campaign,
  sender: Sender,
  here: Installation,
  count: number,
): Promise<{ rate: number; ms: number[] }> {
  const known = await knownMembers(of.shop, count);
  const sets = Array.from({ length: Math.ceil(count / BATCH) }, (_, i) => known.slice(i * BATCH, (i + 1) * BATCH));
  await timed(sets, CONNECTIONS, (set) =>
    sender.post(
      batchOf(
        of.shop,
        set.map(({ userId }) => order(userId)),
      ),
    ),
  );
  const { ms, first, last } = await mails(of, here, known);
  return { ms, rate: count / ((last - first) / 1000) };
}

/** Waits for these members' mails; each one's milliseconds since its event was accepted, and the instants of the first acceptance and the last mail. */
async function mails(
  { shop: { workspace } }: Campaign,
  here: Installation,
  known: readonly { member: string }[],
): Promise<{ ms: number[]; first: number; last: number }> {
  const members = known.map(({ member }) => member);
  const accepted = await until(
    async () => {
      const rows = await peek<{ id: string; at: number }>(sql`
        SELECT m.id, (r.entry_event ->> 'acceptedAt')::float8 AS at FROM message m JOIN run r ON r.workspace_id = m.workspace_id AND r.id = m.run_id
        WHERE m.workspace_id = ${workspace} AND m.member_id = ANY(${members}::uuid[]) AND m.state = 'accepted'`);
      return rows.length === members.length ? rows : undefined;
    },
    { deadline: 60_000, every: 250, what: "every mail" },
  ).catch(async (error: unknown) => {
    const states = await peek(sql`
      SELECT state, reason, count(*)::int FROM message WHERE workspace_id = ${workspace} AND member_id = ANY(${members}::uuid[]) GROUP BY state, reason`);
    throw new Error(`not every mail was accepted: ${JSON.stringify(states)}`, { cause: error });
  });
  const received = await receivedAt(here);
  const ms = accepted.map(({ id, at }) => (received.get(id) ?? Number.NaN) - at);
  const instants = accepted.map(({ id }) => received.get(id) ?? Number.NaN);
  if (ms.some(Number.isNaN)) throw new Error("a mail that was accepted is not at the server");
  return { ms, first: Math.min(...accepted.map(({ at }) => at)), last: Math.max(...instants) };
}

/** When the mail server had each mail, by its key, epoch milliseconds. */
async function receivedAt(here: Installation): Promise<Map<string, number>> {
  const answer: { messages: { key?: string; at: string }[] } = await (
    await fetch(`${here.sandboxUrl}/sandbox/messages?channel=email&as=brief&limit=20000`)
  ).json();
  return new Map(answer.messages.flatMap(({ key, at }) => (key === undefined ? [] : [[key, Date.parse(at)] as const])));
}
