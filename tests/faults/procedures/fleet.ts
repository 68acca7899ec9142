import { setTimeout as pause } from "node:timers/promises";
import { peek, sql } from "@/platform/db";
import { liveJourney } from "../../harness/journey";
import { shop } from "../../harness/shop";
import { until } from "../../harness/until";
import { visit } from "../../harness/visit";
import { customers, track } from "../customers";
import { count, is } from "../findings";
import { atTheirEnd } from "../orders";
import type { Procedure } from "../procedure";
import { Recovery } from "../recovery";

const JOURNEYS = 9;
const MEMBERS = 1200;
/** So many come at once to a journey that its conductor moves them: few are moved by whoever hears of them. */
const BATCH = 400;

/** Three worker processes on one machine: each has its share, and a killed one's is taken over. */
export const fleet: Procedure[] = [
  {
    name: "three workers share the work",
    world: { workers: 3 },
    async run(world) {
      const own = await shop();
      for (let i = 0; i < JOURNEYS; i++) await liveJourney(own, visit(i));
      const known = await customers(own, MEMBERS);
      await until(async () => (await count(sql`SELECT count(*) AS n FROM worker_beat`)) === 3, {
        deadline: 60_000,
        every: 200,
        what: "three workers",
      });
      // They beat before they listen.
      await pause(4000);
      const held = new Map<string, number>();
      const recovery = new Recovery();
      let isOn = true;
      const watching = (async () => {
        while (isOn) {
          for (const { worker, n } of await peek<{ worker: string; n: number }>(sql`
            SELECT split_part(holder, '/', 1) AS worker, count(*)::int AS n FROM conductor WHERE is_awake AND holder IS NOT NULL GROUP BY 1`))
            held.set(worker, (held.get(worker) ?? 0) + n);
          await pause(200);
        }
      })();
      const began = Date.now();
      const coming = (async () => {
        for (let i = 0; i < known.length; i += BATCH)
          for (let journey = 0; journey < JOURNEYS; journey++) {
            await track(
              world.apiUrl,
              own.writeKey,
              known.slice(i, i + BATCH).map(({ userId }) => ({
                userId,
                messageId: `came-${journey}-${userId}`,
                event: `came_${journey}`,
                properties: { n: 1 },
              })),
            );
            await pause(600);
          }
      })();
      await until(() => held.size === 3, { deadline: 20_000, every: 200, what: "a chair for each worker" }).catch(
        () => {},
      );
      const before = held.size;
      await world.killRole("worker-2");
      await recovery.next();
      await pause(3000);
      world.startRole("worker-2");
      await coming;
      await atTheirEnd(JOURNEYS * MEMBERS, 90_000);
      isOn = false;
      await watching;
      const total = [...held.values()].reduce((sum, n) => sum + n, 0);
      const shares = [...held.values()].map((n) => Math.round((100 * n) / total)).sort((a, b) => b - a);
      const runs = JOURNEYS * MEMBERS;
      const of = (query: Parameters<typeof count>[0]): Promise<number> => count(query);
      return {
        faults: 1,
        over: `${runs} runs in ${Math.round((Date.now() - began) / 1000)} s`,
        findings: [
          is("every run came to its end", await of(sql`SELECT count(*) AS n FROM run WHERE state = 'done'`), runs),
          is(
            "one a member and journey",
            await of(sql`SELECT count(DISTINCT (journey_id, member_id)) AS n FROM run`),
            runs,
          ),
          is("points once each", await of(sql`SELECT count(*) AS n FROM points_entry`), runs),
          is("their sum", await of(sql`SELECT sum(balance) AS n FROM points_account`), runs * 10),
          is("tags once each", await of(sql`SELECT count(*) AS n FROM member_tag WHERE tag LIKE 'place %'`), runs),
          is("workers that held chairs before the kill", before, 3),
          is(
            "chairs left with the killed one",
            await of(sql`
              SELECT count(*) AS n FROM conductor c WHERE c.is_awake AND c.holder IS NOT NULL AND NOT EXISTS (
                SELECT FROM worker_beat b WHERE b.id = split_part(c.holder, '/', 1) AND b.beat_at > now() - interval '10 seconds')`),
            0,
          ),
          ...(await recovery.findings("a worker's kill", 5000)),
        ],
        says: `shares of the chairs, by worker: ${shares.join(", ")} %`,
      };
    },
  },
];
