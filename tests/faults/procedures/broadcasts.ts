import { setTimeout as pause } from "node:timers/promises";
import { engine, sql } from "@/platform/db";
import { shop } from "../../harness/shop";
import { until } from "../../harness/until";
import { ask, broadcast, customers } from "../customers";
import { count, is } from "../findings";
import { atTheirEnd } from "../orders";
import type { Procedure } from "../procedure";

const MEMBERS = 5000;

/** A broadcast whose workers die while it pages through its audience. */
export const broadcasts: Procedure[] = [
  {
    name: "broadcast to 5,000 members, workers killed",
    world: { workers: 2 },
    async run(world) {
      const own = await shop();
      await customers(own, MEMBERS);
      await engine((tx) => tx.run(sql`ANALYZE member`));
      await until(async () => (await count(sql`SELECT count(*) AS n FROM worker_beat`)) === 2, {
        deadline: 60_000,
        every: 200,
        what: "two workers",
      });
      const began = Date.now();
      const at = `${world.apiUrl}/api/v1/journeys`;
      const journey = await ask(own.apiKey, "POST", at, { document: broadcast(20_000) });
      await ask(own.apiKey, "POST", `${at}/${journey.id}/publish`, {});
      for (let i = 0; i < 5; i++) {
        await pause(500 + Math.random() * 2000);
        const worker = world.workers[i % 2] ?? "worker";
        await world.killRole(worker);
        world.startRole(worker);
      }
      await atTheirEnd(MEMBERS, 150_000);
      return {
        faults: 5,
        over: `${MEMBERS} members in ${Math.round((Date.now() - began) / 1000)} s`,
        findings: [
          is("every member entered", await count(sql`SELECT count(DISTINCT member_id) AS n FROM run`), MEMBERS),
          is("and once", await count(sql`SELECT count(*) AS n FROM run`), MEMBERS),
          is(
            "every run came to its end",
            await count(sql`SELECT count(*) AS n FROM run WHERE state = 'done'`),
            MEMBERS,
          ),
          is("points once each", await count(sql`SELECT count(*) AS n FROM points_entry`), MEMBERS),
          is("tags once each", await count(sql`SELECT count(*) AS n FROM member_tag WHERE tag = 'reached'`), MEMBERS),
        ],
      };
    },
  },
];
