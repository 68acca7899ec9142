import { setTimeout as pause } from "node:timers/promises";
import { sql } from "@/platform/db";
import { liveJourney } from "../../harness/journey";
import { shop } from "../../harness/shop";
import { until } from "../../harness/until";
import { visit } from "../../harness/visit";
import { customers, track } from "../customers";
import { count, is } from "../findings";
import { atTheirEnd } from "../orders";
import type { Procedure } from "../procedure";
import { Recovery } from "../recovery";
import type { World } from "../world";

/** The most that the times to go on again are promised for (docs/engine.md). */
const JOURNEYS = 200;
const MEMBERS = 30;
const WAIT_S = 12;

const STRIKES: { part: string; withinMs: number; strike(world: World): Promise<void> }[] = [
  {
    part: "the only worker's kill",
    withinMs: 5000,
    async strike(world) {
      await world.killRole("worker");
      world.startRole("worker");
    },
  },
  {
    part: "Temporal's return",
    withinMs: 5000,
    async strike(world) {
      await world.killTemporal();
      await world.startTemporal();
    },
  },
  {
    part: "the empty Temporal's start",
    withinMs: 15_000,
    async strike(world) {
      await world.killTemporal({ withItsData: true });
      await world.startTemporal();
    },
  },
];

/** Two hundred journeys asleep, each with members whose wait ends about when it is struck. */
export const manyJourneys: Procedure[] = [
  {
    name: "200 live journeys, worker killed, Temporal killed, its data deleted",
    async run(world) {
      const own = await shop();
      for (let i = 0; i < JOURNEYS; i++) await liveJourney(own, visit(i, WAIT_S));
      const known = await customers(own, MEMBERS);
      await until(async () => (await count(sql`SELECT count(*) AS n FROM worker_beat`)) === 1, {
        deadline: 60_000,
        every: 200,
        what: "the worker",
      });
      const began = Date.now();
      const findings = [];
      const share = MEMBERS / STRIKES.length;
      for (const [i, { part, withinMs, strike }] of STRIKES.entries()) {
        const some = known.slice(i * share, (i + 1) * share);
        // Over some seconds, so that the ends of their waits are spread as much.
        for (let journey = 0; journey < JOURNEYS; journey++) {
          await track(
            world.apiUrl,
            own.writeKey,
            some.map(({ userId }) => ({
              userId,
              messageId: `came-${journey}-${userId}`,
              event: `came_${journey}`,
              properties: { n: 1 },
            })),
          );
          await pause(20);
        }
        await until(
          async () =>
            (await count(
              sql`SELECT count(*) AS n FROM run WHERE state = 'parked' AND due_at < now() + interval '1 second'`,
            )) > 0,
          {
            deadline: 30_000,
            every: 50,
            what: "waits that end",
          },
        );
        const recovery = new Recovery();
        await strike(world);
        await recovery.next();
        findings.push(...(await recovery.findings(part, withinMs)));
        await atTheirEnd(JOURNEYS * share * (i + 1), 90_000);
      }
      const runs = JOURNEYS * MEMBERS;
      return {
        faults: STRIKES.length,
        over: `${runs} runs of ${JOURNEYS} journeys in ${Math.round((Date.now() - began) / 1000)} s`,
        findings: [
          is("every run came to its end", await count(sql`SELECT count(*) AS n FROM run WHERE state = 'done'`), runs),
          is("points once each", await count(sql`SELECT count(*) AS n FROM points_entry`), runs),
          is("tags once each", await count(sql`SELECT count(*) AS n FROM member_tag WHERE tag LIKE 'place %'`), runs),
          ...findings,
        ],
      };
    },
  },
];
