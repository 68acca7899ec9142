import { setTimeout as pause } from "node:timers/promises";
import { laneOf, type MemberId } from "@/core/ids";
import { engine, sql } from "@/platform/db";
import { requeue } from "@/services/events/requeue";
import { event } from "../../harness/journey";
import { until } from "../../harness/until";
import { track } from "../customers";
import { atMost, count, is } from "../findings";
import { ordersUnder, type Scene } from "../orders";
import type { Procedure } from "../procedure";

const MANY = 10_000;
const BACKLOG = 30_000;
const BATCH = 500;

/** What senders can do to us. */
export const events: Procedure[] = [
  {
    name: "same messageId with another body",
    run: (world) =>
      ordersUnder(world, {
        runs: 600,
        lastsMs: 10_000,
        async strike({ shop }) {
          // Each order is said again with another amount, some before they came and most after.
          for (let i = 0; i < 200; i += 20) {
            await pause(500);
            await track(
              world.apiUrl,
              shop.writeKey,
              Array.from({ length: 20 }, (_, k) => ({
                userId: `u${i + k}`,
                messageId: `order-u${i + k}`,
                event: "order_paid",
                properties: { amount: 12_000 },
                context: { impostor: true },
              })),
            );
          }
          return 200;
        },
        // Whichever of the two came first is the order, the other one a letter.
        deadLetters: 200,
      }),
  },
  {
    name: "poison events among good ones",
    run: (world) =>
      ordersUnder(world, {
        runs: 600,
        lastsMs: 10_000,
        async strike(scene) {
          for (const broken of POISON)
            for (let i = 0; i < 5; i++) {
              await pause(100);
              await plant(scene, broken);
            }
          return POISON.length * 5;
        },
        deadLetters: POISON.length * 5,
      }),
  },
  {
    name: "10,000 events of one member",
    run: (world) =>
      ordersUnder(world, {
        runs: 600,
        lastsMs: 20_000,
        async strike({ shop }) {
          for (let i = 0; i < MANY; i += BATCH) {
            await track(
              world.apiUrl,
              shop.writeKey,
              Array.from({ length: BATCH }, (_, k) => ({
                userId: "busy",
                messageId: `view-${i + k}`,
                event: "page_viewed",
                properties: { path: `/${i + k}` },
              })),
            );
          }
          return MANY;
        },
        also: async ({ shop: { workspace } }) => [
          is(
            "each of them counted once",
            await count(
              sql`SELECT COALESCE(sum(count), 0) AS n FROM fact WHERE workspace_id = ${workspace} AND name = 'page_viewed'`,
            ),
            MANY,
          ),
        ],
      }),
  },
  {
    name: "backlog of 30,000 events draining",
    async run(world) {
      let drainedMs = 0;
      const verdict = await ordersUnder(world, {
        runs: 2000,
        lastsMs: 20_000,
        async strike({ shop }) {
          await world.killRole("worker");
          for (let i = 0; i < BACKLOG; i += BATCH)
            await track(
              world.apiUrl,
              shop.writeKey,
              Array.from({ length: BATCH }, (_, k) => ({
                userId: `u${(i + k) % 2000}`,
                messageId: `view-${i + k}`,
                event: "page_viewed",
                properties: { path: `/${i + k}` },
              })),
            );
          world.startRole("worker");
          const began = Date.now();
          await until(async () => (await count(sql`SELECT count(*) AS n FROM inbox`)) < 50, {
            deadline: 180_000,
            every: 100,
            what: "an empty inbox",
          });
          drainedMs = Date.now() - began;
          return BACKLOG;
        },
        also: async ({ shop: { workspace } }) => [
          is(
            "each of them counted once",
            await count(
              sql`SELECT COALESCE(sum(count), 0) AS n FROM fact WHERE workspace_id = ${workspace} AND name = 'page_viewed'`,
            ),
            BACKLOG,
          ),
          atMost("seconds until the backlog was gone", Math.round(drainedMs / 1000), 120),
        ],
      });
      return {
        ...verdict,
        says: `drained in ${Math.round(drainedMs / 1000)} s, the worker's start included; ${verdict.says}`,
      };
    },
  },
];

/** Inbox rows as no door would let them in: what a mistake of ours, a bad disk or an older version may leave. */
const POISON: ((name: string) => object)[] = [
  (name) => ({ ...event(name), properties: null }),
  (name) => ({ ...event(name, { amount: 12_000 }), occurredAt: 9e20 }),
  (name) => ({ ...event(name, { amount: 12_000 }), occurredAt: "soon" }),
  () => ({ acceptedAt: Date.now() }),
];

async function plant({ shop: { workspace } }: Scene, broken: (name: string) => object): Promise<void> {
  await engine(async (tx) => {
    const row = await tx.one<{ id: MemberId }>(
      sql`SELECT id FROM member WHERE workspace_id = ${workspace} ORDER BY random() LIMIT 1`,
    );
    if (!row) return;
    requeue(tx, workspace, [
      { lane: laneOf(workspace, row.id), member: row.id, event: broken("store_visit") as never },
    ]);
  });
}
