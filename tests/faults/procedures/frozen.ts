import { setTimeout as pause } from "node:timers/promises";
import { ordersUnder } from "../orders";
import type { Procedure } from "../procedure";

/** A whole server that stands still: connections stand, new ones too, and nobody answers. */
const server = (which: "postgres" | "temporal", name: string, ms: number): Procedure => ({
  name: `${name} frozen for ${ms / 1000} s, then continued`,
  run: (world) =>
    ordersUnder(world, {
      runs: 1000,
      lastsMs: 2 * (ms + 5000),
      async strike({ recovery }) {
        for (let i = 0; i < 2; i++) {
          await pause(3000);
          world.signalServer(which, "SIGSTOP");
          await pause(ms);
          world.signalServer(which, "SIGCONT");
          await recovery.next();
        }
        return 2;
      },
      also: ({ recovery }) => recovery.findings(`${name}'s thawing`, 10_000),
    }),
});

/** A worker that stands still past its time-outs and then goes on as if nothing had been: others have its work by then. */
export const frozen: Procedure[] = [
  server("postgres", "Postgres", 20_000),
  server("temporal", "Temporal", 60_000),
  {
    name: "worker frozen past its heartbeat, then continued",
    world: { workers: 2 },
    run: (world) =>
      ordersUnder(world, {
        lastsMs: 55_000,
        async strike({ recovery }) {
          for (let i = 0; i < 4; i++) {
            await pause(500 + Math.random() * 2000);
            const worker = world.workers[i % 2] ?? "worker";
            world.freeze(worker);
            await recovery.next();
            await pause(8000);
            world.thaw(worker);
          }
          return 4;
        },
        also: ({ recovery }) => recovery.findings("a worker's freezing", 10_000),
      }),
  },
  {
    name: "worker frozen past every time-out, then continued",
    world: { workers: 2 },
    run: (world) =>
      ordersUnder(world, {
        lastsMs: 100_000,
        async strike({ recovery }) {
          await pause(2000);
          world.freeze("worker");
          await recovery.next();
          // Past the transaction's 60 s, and past the minute after which its claims are called unknown.
          await pause(90_000);
          world.thaw("worker");
          await recovery.next();
          return 1;
        },
        also: ({ recovery }) => recovery.findings("a worker's freezing or thawing", 10_000),
      }),
  },
];
