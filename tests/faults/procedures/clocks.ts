import { setTimeout as pause } from "node:timers/promises";
import { makeClockSettable, setClock } from "../database-clock";
import { kindsUnder } from "../kinds-under";
import { ordersUnder } from "../orders";
import type { Procedure } from "../procedure";

const HOUR = 3_600_000;

/** A machine of the fleet whose wall clock is wrong: instants are the database's, so it must not matter. */
const off = (hours: number): Procedure => ({
  name: `clock of api and worker off by ${hours > 0 ? "+" : ""}${hours} h`,
  world: { clockOffMs: hours * HOUR },
  run: (world) =>
    ordersUnder(world, {
      runs: 1000,
      lastsMs: 15_000,
      async strike() {
        await pause(15_000);
        return 1;
      },
    }),
});

/** The same with a birthday at a minute, a task's deadline, a race with the clock, retries of webhooks. */
const ofEveryKind = (hours: number): Procedure => ({
  name: `journeys of every kind, clock of api and worker off by ${hours > 0 ? "+" : ""}${hours} h`,
  world: { clockOffMs: hours * HOUR },
  run: (world) =>
    kindsUnder(world, {
      lastsMs: 15_000,
      async strike({ round }) {
        await round();
        await pause(15_000);
        return 1;
      },
    }),
});

export const clocks: Procedure[] = [
  off(2),
  off(-2),
  ofEveryKind(2),
  ofEveryKind(-2),
  {
    name: "database's clock set by -2 h, back, +2 h",
    async run(world) {
      await makeClockSettable();
      // Connections from before do not see it.
      for (const role of ["api", "worker"] as const) {
        await world.killRole(role);
        world.startRole(role);
      }
      await world.answers();
      return ordersUnder(world, {
        runs: 1000,
        lastsMs: 24_000,
        async strike() {
          const steps = [-2, 0, 2];
          for (const hours of steps) {
            await pause(6000);
            await setClock(hours);
          }
          await pause(4000);
          return steps.length;
        },
      });
    },
  },
];
