import { setTimeout as pause } from "node:timers/promises";
import { kindsUnder } from "../kinds-under";
import { ordersUnder, type Scene } from "../orders";
import type { Procedure } from "../procedure";

type Kill = {
  name: string;
  times: number;
  pauseMs: [number, number];
  /** Kills the part and starts it again; whoever counts from its kill or from its return says so by `recovery.next()`. */
  strike(scene: Scene): Promise<void>;
  recovers: { part: string; withinMs: number };
  workers?: number;
};

const kill = ({ name, times, pauseMs: [least, most], strike, recovers, workers = 1 }: Kill): Procedure => ({
  name,
  world: { workers },
  run: (world) =>
    ordersUnder(world, {
      lastsMs: times * ((least + most) / 2 + 5000),
      async strike(scene) {
        for (let i = 0; i < times; i++) {
          await pause(least + Math.random() * (most - least));
          await strike(scene);
        }
        return times;
      },
      also: ({ recovery }) => recovery.findings(recovers.part, recovers.withinMs),
    }),
});

/** Each part of an installation killed at random, and started again at once. */
export const kills: Procedure[] = [
  kill({
    name: "worker killed with -9",
    times: 10,
    pauseMs: [200, 2500],
    recovers: { part: "the only worker's kill", withinMs: 5000 },
    async strike({ world, recovery }) {
      await world.killRole("worker");
      world.startRole("worker");
      await recovery.next();
    },
  }),
  kill({
    name: "one of two workers killed with -9",
    times: 10,
    pauseMs: [200, 2500],
    workers: 2,
    recovers: { part: "a worker's kill", withinMs: 5000 },
    async strike({ world, recovery }) {
      const worker = world.workers[Math.random() < 0.5 ? 0 : 1] ?? "worker";
      await world.killRole(worker);
      world.startRole(worker);
      await recovery.next();
    },
  }),
  kill({
    name: "worker killed while it starts",
    times: 8,
    pauseMs: [100, 1500],
    recovers: { part: "the last of two kills", withinMs: 5000 },
    async strike({ world, recovery }) {
      await world.killRole("worker");
      world.startRole("worker");
      await pause(Math.random() * 2500);
      await world.killRole("worker");
      world.startRole("worker");
      await recovery.next();
    },
  }),
  kill({
    name: "api killed with -9",
    times: 6,
    pauseMs: [500, 2500],
    recovers: { part: "the api's return", withinMs: 5000 },
    async strike({ world, recovery }) {
      await world.killRole("api");
      world.startRole("api");
      await world.answers();
      await recovery.next();
    },
  }),
  kill({
    name: "Postgres stopped at once",
    times: 10,
    pauseMs: [1500, 4000],
    recovers: { part: "Postgres's return", withinMs: 10_000 },
    async strike({ world, recovery }) {
      await world.killPostgres();
      await world.startPostgres();
      await recovery.next();
    },
  }),
  kill({
    name: "Temporal killed",
    times: 10,
    pauseMs: [1500, 4000],
    recovers: { part: "Temporal's return", withinMs: 5000 },
    async strike({ world, recovery }) {
      await world.killTemporal();
      await world.startTemporal();
      await recovery.next();
    },
  }),
  kill({
    name: "Temporal killed and its data deleted",
    times: 10,
    pauseMs: [2000, 5000],
    recovers: { part: "the empty Temporal's start", withinMs: 15_000 },
    async strike({ world, recovery }) {
      await world.killTemporal({ withItsData: true });
      await world.startTemporal();
      await recovery.next();
    },
  }),
  {
    name: "journeys of every kind, one of two workers killed with -9",
    world: { workers: 2 },
    run: (world) =>
      kindsUnder(world, {
        lastsMs: 60_000,
        async strike({ round, recovery }) {
          for (let i = 0; i < 10; i++) {
            if (i % 2 === 0) await round();
            await pause(500 + Math.random() * 3000);
            const worker = world.workers[i % 2] ?? "worker";
            await world.killRole(worker);
            world.startRole(worker);
            await recovery.next();
          }
          return 10;
        },
        also: ({ recovery }) => recovery.findings("a worker's kill", 5000),
      }),
  },
];
