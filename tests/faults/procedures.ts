import type { World } from "./world";

/** One way of breaking things while orders come in. `strike` is called `times` times, spread over the run; each returns when the part is up again. */
export type Procedure = { name: string; times: number; pauseMs: [number, number]; strike(world: World): Promise<void> };

export const procedures: Procedure[] = [
  {
    name: "worker killed with -9",
    times: 10,
    pauseMs: [500, 2500],
    async strike(world) {
      await world.killRole("worker");
      world.startRole("worker");
    },
  },
  {
    name: "api killed with -9",
    times: 5,
    pauseMs: [500, 2500],
    async strike(world) {
      await world.killRole("api");
      world.startRole("api");
    },
  },
  {
    name: "Postgres stopped at once",
    times: 3,
    pauseMs: [2000, 4000],
    async strike(world) {
      await world.killPostgres();
      await world.startPostgres();
    },
  },
  {
    name: "Temporal killed",
    times: 2,
    pauseMs: [2000, 4000],
    async strike(world) {
      await world.killTemporal();
      await world.startTemporal();
    },
  },
  {
    name: "Temporal killed and its data deleted",
    times: 2,
    pauseMs: [3000, 5000],
    async strike(world) {
      await world.killTemporal({ withItsData: true });
      await world.startTemporal();
    },
  },
];
