import { LANES, laneOf, type MemberId } from "@/core/ids";
import { engine, json, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import type { Shop } from "@/tests/harness/shop";
import { shop } from "@/tests/harness/shop";
import { type Bench, faster } from "./bench";
import { apiRole, batchOf, knownMembers, Sender, timed } from "./rig/events-api";
import { Installation } from "./rig/installation";
import { median } from "./rig/quantile";
import { spent } from "./rig/spent";

const BATCH = 100;
const CONNECTIONS = 8;
const ROUNDS = 4;

/** (d) Events over HTTP, 100 a request, into the API as a process of its own; against bare INSERTs of the same rows, 100 a transaction. Taken in turns. */
export const ingest: Bench = {
  name: "ingest",
  about: `events over HTTP, ${BATCH} a request on ${CONNECTIONS} connections, against bare batched INSERT of the same rows`,
  run: (options) =>
    Installation.use(options, async (here) => {
      const count = options.isSmall ? 1000 : 20_000;
      const own = await shop();
      const known = await knownMembers(own, 5000);
      await apiRole(here);
      const sender = new Sender(here.apiUrl, CONNECTIONS);
      const rates = { api: [] as number[], sql: [] as number[] };
      for (let round = 0; round <= ROUNDS; round++) {
        const drawn = Array.from({ length: count }, (_, i) => known[(i * 7919) % known.length]).filter(
          (one) => one !== undefined,
        );
        const bodies = batches(drawn).map((set) =>
          batchOf(
            own,
            set.map(({ userId }) => ({
              messageId: newId(),
              userId,
              properties: { amount: 12_000, order_id: newId() },
            })),
          ),
        );
        const began = here.cpu();
        const api = count / (await timed(bodies, CONNECTIONS, (body) => sender.post(body)));
        const posted = here.cpu();
        const bare =
          count /
          (await timed(batches(drawn), CONNECTIONS, (set) =>
            insert(
              own,
              set.map(({ member }) => member),
            ),
          ));
        options.say(`HTTP ${api.toFixed(0)}, SQL ${bare.toFixed(0)} events/s${round === 0 ? " (warm-up)" : ""}`);
        options.say(
          `  processor time of an event: HTTP ${spent(began, posted, count)}; SQL ${spent(posted, here.cpu(), count)}`,
        );
        // No worker runs: what was accepted would pile up until the API says 503.
        await check(own, count);
        await engine((tx) => tx.run(sql`TRUNCATE inbox`));
        if (round === 0) continue;
        rates.api.push(api);
        rates.sql.push(bare);
      }
      sender.close();
      return [faster("ingest", "events/s", median(rates.api), median(rates.sql), 0.5)];
    }),
};

const batches = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / BATCH) }, (_, i) => all.slice(i * BATCH, (i + 1) * BATCH));

/** Message key, event and inbox row, as ingest leaves them, in one transaction. */
async function insert(own: Shop, members: readonly MemberId[]): Promise<void> {
  const now = new Date();
  const ids = members.map(() => newId());
  const keys = members.map(() => newId());
  const properties = members.map(() => json({ amount: 12_000, order_id: newId() }));
  const events = members.map(
    (member, i) =>
      `${json({ id: ids[i], type: "track", messageId: keys[i], name: "order_paid", occurredAt: now.getTime(), acceptedAt: now.getTime(), isHistorical: false, isTrusted: true, userId: `user-${member}` }).slice(0, -1)},"properties":${properties[i]}}`,
  );
  const context = json({ library: { name: "bench", version: "1" } });
  await engine(async (tx) => {
    await tx.run(sql`
      INSERT INTO event_key (workspace_id, message_id, event_id, body_hash, accepted_at)
      SELECT ${own.workspace}, key, id, md5(key) || md5(id::text), now() FROM unnest(${keys}::text[], ${ids}::uuid[]) AS k(key, id)`);
    await tx.run(sql`
      INSERT INTO event (workspace_id, id, member_id, message_id, type, name, properties, context, occurred_at, accepted_at)
      SELECT ${own.workspace}, id, member, key, 'track', 'order_paid', properties, ${context}::jsonb, ${now}, now()
      FROM unnest(${ids}::uuid[], ${members}::uuid[], ${keys}::text[], ${properties}::jsonb[]) AS e(id, member, key, properties)`);
    await tx.run(sql`
      INSERT INTO inbox (lane, workspace_id, member_id, event, accepted_at)
      SELECT lane, ${own.workspace}, member, event, now()
      FROM unnest(${members.map((m) => laneOf(own.workspace, m))}::int[], ${members}::uuid[], ${events}::jsonb[]) AS i(lane, member, event)`);
  });
}

/** Throws unless both ways wrote all their rows. */
async function check(own: Shop, count: number): Promise<void> {
  const [row] = await peek<{ inbox: number; lanes: number }>(sql`
    SELECT count(*)::int AS inbox, count(DISTINCT lane)::int AS lanes FROM inbox WHERE workspace_id = ${own.workspace}`);
  if (row?.inbox !== 2 * count || row.lanes !== LANES)
    throw new Error(`${row?.inbox} inbox rows instead of ${2 * count}`);
}
