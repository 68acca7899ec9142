import { setTimeout as pause } from "node:timers/promises";
import { engine, sql } from "@/platform/db";
import { type Shop, shop } from "../../harness/shop";
import { until } from "../../harness/until";
import { ask, broadcast, customers } from "../customers";
import { atLeast, atMost, count, type Finding, is } from "../findings";
import { atTheirEnd } from "../orders";
import type { Procedure } from "../procedure";
import type { World } from "../world";

const MEMBERS = 5000;
const PER_MINUTE = 20_000;
/** A page that was begun when it was told to stop. */
const PAGE = 500;

const entered = (): Promise<number> => count(sql`SELECT count(*) AS n FROM run`);

async function begin(world: World): Promise<{ own: Shop; of(action: string): Promise<unknown> }> {
  const own = await shop();
  await customers(own, MEMBERS);
  await engine((tx) => tx.run(sql`ANALYZE member`));
  await until(async () => (await count(sql`SELECT count(*) AS n FROM worker_beat`)) === world.workers.length, {
    deadline: 60_000,
    every: 200,
    what: "the workers",
  });
  const api = `${world.apiUrl}/api/v1`;
  const { id } = await ask(own.apiKey, "POST", `${api}/journeys`, { document: broadcast(PER_MINUTE) });
  await ask(own.apiKey, "POST", `${api}/journeys/${id}/publish`, {});
  const [{ id: sent } = { id: "" }] = await until(
    async () => {
      const rows = await engine((tx) => tx.rows<{ id: string }>(sql`SELECT id FROM broadcast`));
      return rows.length > 0 ? rows : undefined;
    },
    { what: "the broadcast" },
  );
  return { own, of: (action) => ask(own.apiKey, "POST", `${api}/broadcasts/${sent}/${action}`, {}) };
}

/** Nobody is in it yet when a slow machine's workers die at once: what is broken then is no broadcast. */
const underWay = (): Promise<number | undefined> =>
  until(async () => (await entered()) || undefined, { deadline: 60_000, every: 20, what: "the first members" });

async function kill(world: World, i: number): Promise<void> {
  await pause(500 + Math.random() * 2000);
  const worker = world.workers[i % 2] ?? "worker";
  await world.killRole(worker);
  world.startRole(worker);
}

async function onceEach(members: number): Promise<Finding[]> {
  return [
    is("every one of them entered", await count(sql`SELECT count(DISTINCT member_id) AS n FROM run`), members),
    is("and once", await entered(), members),
    is("every run came to its end", await count(sql`SELECT count(*) AS n FROM run WHERE state = 'done'`), members),
    is("points once each", await count(sql`SELECT count(*) AS n FROM points_entry`), members),
    is("tags once each", await count(sql`SELECT count(*) AS n FROM member_tag WHERE tag = 'reached'`), members),
  ];
}

/** A broadcast whose workers die while it pages through its audience; paused, resumed and cancelled meanwhile. */
export const broadcasts: Procedure[] = [
  {
    name: "broadcast to 5,000 members, workers killed, paused and resumed",
    world: { workers: 2 },
    async run(world) {
      const began = Date.now();
      const { of } = await begin(world);
      await underWay();
      for (let i = 0; i < 3; i++) await kill(world, i);
      await of("pause");
      await pause(1000);
      const stood = await entered();
      await kill(world, 3);
      await pause(4000);
      const still = await entered();
      await of("resume");
      for (let i = 4; i < 6; i++) await kill(world, i);
      await atTheirEnd(MEMBERS, 150_000);
      return {
        faults: 6,
        over: `${MEMBERS} members in ${Math.round((Date.now() - began) / 1000)} s`,
        findings: [
          atLeast("entered before it was paused", stood, 1),
          atLeast("left for later", MEMBERS - stood, 1),
          is("nobody entered while it was paused", still, stood),
          ...(await onceEach(MEMBERS)),
        ],
        says: `paused at ${stood}`,
      };
    },
  },
  {
    name: "broadcast to 5,000 members cancelled, workers killed",
    world: { workers: 2 },
    async run(world) {
      const began = Date.now();
      const { of } = await begin(world);
      await underWay();
      for (let i = 0; i < 2; i++) await kill(world, i);
      const then = await entered();
      await of("cancel");
      await kill(world, 2);
      await pause(6000);
      const reached = await entered();
      await atTheirEnd(reached, 60_000);
      return {
        faults: 3,
        over: `${reached} of ${MEMBERS} members in ${Math.round((Date.now() - began) / 1000)} s`,
        findings: [
          atLeast("entered before it was cancelled", then, 1),
          atMost("entered after it was cancelled", reached - then, PAGE),
          atLeast("not reached", MEMBERS - reached, 1),
          ...(await onceEach(reached)),
        ],
        says: `cancelled at ${then}`,
      };
    },
  },
];
