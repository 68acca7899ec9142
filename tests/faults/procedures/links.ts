import { setTimeout as pause } from "node:timers/promises";
import { atLeast } from "../findings";
import { ordersUnder } from "../orders";
import type { Procedure } from "../procedure";

/** The wires between the parts fail while the parts live on. */
export const links: Procedure[] = [
  {
    name: "COMMIT carried out, its answer lost",
    world: { isLinked: true },
    async run(world) {
      const verdict = await ordersUnder(world, {
        runs: 1000,
        lastsMs: 25_000,
        async strike({ recovery }) {
          world.links?.postgres.loseCommits(0.08);
          await pause(20_000);
          world.links?.postgres.loseCommits(0);
          await recovery.next();
          return world.links?.postgres.cut ?? 0;
        },
        also: ({ recovery }) => recovery.findings("the last lost answer", 5000),
      });
      return { ...verdict, findings: [...verdict.findings, atLeast("answers lost", verdict.faults, 20)] };
    },
  },
  {
    name: "Temporal unreachable for 30 s",
    world: { isLinked: true },
    run: (world) =>
      ordersUnder(world, {
        lastsMs: 45_000,
        async strike({ recovery }) {
          await pause(4000);
          world.links?.temporal.silence();
          await pause(30_000);
          world.links?.temporal.mend();
          await recovery.next();
          return 1;
        },
        also: ({ recovery }) => recovery.findings("Temporal's return", 5000),
      }),
  },
  {
    name: "all connections to Temporal forgotten by the network",
    world: { isLinked: true },
    run: (world) =>
      ordersUnder(world, {
        runs: 1000,
        lastsMs: 60_000,
        // Rests between them, in which conductors fall asleep: who is awake needs no Temporal.
        tickMs: 6000,
        async strike({ recovery }) {
          let dead = 0;
          for (let i = 0; i < 3; i++) {
            await pause(10_000);
            dead += world.links?.temporal.forget() ?? 0;
            await recovery.next();
          }
          return dead;
        },
        also: ({ recovery }) => recovery.findings("the connections' death", 10_000),
      }),
  },
  {
    name: "Postgres unreachable for 10 s",
    world: { isLinked: true },
    run: (world) =>
      ordersUnder(world, {
        runs: 1000,
        lastsMs: 40_000,
        async strike({ recovery }) {
          for (let i = 0; i < 2; i++) {
            await pause(3000);
            world.links?.postgres.silence();
            await pause(10_000);
            world.links?.postgres.mend();
            await recovery.next();
          }
          return 2;
        },
        also: ({ recovery }) => recovery.findings("Postgres's return", 10_000),
      }),
  },
];
