import { setTimeout as pause } from "node:timers/promises";
import { sql } from "@/platform/db";
import { atLeast, count, is } from "../findings";
import { ordersUnder } from "../orders";
import type { Procedure } from "../procedure";

/** Scarce stock under kills, and a whole installation lost and restored. */
export const losses: Procedure[] = [
  {
    name: "stock of 100 for 1,000 members, worker killed",
    world: { workers: 2 },
    async run(world) {
      const verdict = await ordersUnder(world, {
        runs: 1000,
        gold: 1,
        stock: 100,
        lastsMs: 20_000,
        async strike({ recovery }) {
          for (let i = 0; i < 6; i++) {
            await pause(Math.random() * 1500);
            const worker = world.workers[i % 2] ?? "worker";
            await world.killRole(worker);
            world.startRole(worker);
            await recovery.next();
          }
          return 6;
        },
        also: async ({ recovery, granted }) => [
          is("members who got one of the 100", await granted(), 100),
          ...(await recovery.findings("a worker's kill", 5000)),
        ],
      });
      return verdict;
    },
  },
  {
    name: "everything lost at once, Postgres restored, Temporal empty",
    run: (world) =>
      ordersUnder(world, {
        lastsMs: 25_000,
        async strike({ recovery }) {
          for (let i = 0; i < 2; i++) {
            await pause(4000);
            await Promise.all([
              world.killRole("worker"),
              world.killRole("api"),
              world.killTemporal({ withItsData: true }),
              world.killPostgres(),
            ]);
            world.backUpPostgres();
            world.restorePostgres();
            await Promise.all([world.startPostgres(), world.startTemporal()]);
            world.startRole("api");
            world.startRole("worker");
            await world.answers();
            await recovery.next();
          }
          return 2;
        },
        also: ({ recovery }) => recovery.findings("the API's return on the restored data", 15_000),
      }),
  },
  {
    name: "an earlier backup of Postgres restored, Temporal empty, senders say all again",
    async run(world) {
      let unsent = 0;
      let forgotten = 0;
      const verdict = await ordersUnder(world, {
        lastsMs: 30_000,
        async strike({ recovery, till, tellAgain }) {
          await pause(6000);
          await Promise.all([world.stopRole("worker"), world.stopRole("api")]);
          unsent = await count(sql`SELECT count(*) AS n FROM message WHERE state NOT IN ('accepted', 'delivered')`);
          await world.killPostgres();
          world.backUpPostgres();
          await world.startPostgres();
          for (const role of ["api", "worker"] as const) world.startRole(role);
          await world.answers();
          const before = await runs();
          await pause(8000);
          forgotten = (await runs()) - before;
          await Promise.all([
            world.killRole("worker"),
            world.killRole("api"),
            world.killTemporal({ withItsData: true }),
            world.killPostgres(),
          ]);
          world.restorePostgres();
          await Promise.all([world.startPostgres(), world.startTemporal()]);
          for (const role of ["api", "worker"] as const) world.startRole(role);
          await world.answers();
          till.askAgain();
          await recovery.next();
          await tellAgain();
          return 1;
        },
        // What the backup knew as unsent was sent by the ledger that is gone.
        sentAgain: () => unsent,
        also: ({ recovery }) => recovery.findings("the API's return on the earlier data", 15_000),
      });
      return {
        ...verdict,
        findings: [...verdict.findings, atLeast("runs that the backup did not know", forgotten, 100)],
        says: `${forgotten} runs were forgotten and came again; ${unsent} messages were unsent in the backup; ${verdict.says}`,
      };
    },
  },
];

const runs = (): Promise<number> => count(sql`SELECT count(*) AS n FROM run`);
