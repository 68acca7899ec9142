import { setTimeout as pause } from "node:timers/promises";
import { laneOf, type MemberId } from "@/core/ids";
import { engine, sql } from "@/platform/db";
import { requeue } from "@/services/events/requeue";
import { event, liveJourney } from "../../harness/journey";
import { until } from "../../harness/until";
import { track } from "../customers";
import { atMost, count, type Finding, is } from "../findings";
import { ordersUnder, type Scene } from "../orders";
import type { Procedure } from "../procedure";

const MANY = 10_000;
const BACKLOG = 30_000;
const READERS = 2000;
const BATCH = 500;
const IMPOSTOR = 13_000;

/** What senders can do to us. */
export const events: Procedure[] = [
  {
    name: "same messageId with another body",
    run: (world) =>
      ordersUnder(world, {
        runs: 600,
        lastsMs: 10_000,
        async strike({ shop }) {
          // Each order is said again with another amount, some before they came and most after; either would start a run.
          for (let i = 0; i < 200; i += 20) {
            await pause(500);
            await track(
              world.apiUrl,
              shop.writeKey,
              Array.from({ length: 20 }, (_, k) => ({
                userId: `u${i + k}`,
                messageId: `order-u${i + k}`,
                event: "order_paid",
                properties: { amount: IMPOSTOR },
              })),
            );
          }
          return 200;
        },
        // Whichever of the two came first is the order, the other one a letter.
        deadLetters: 200,
        also: async ({ shop: { workspace } }) => [
          is(
            "runs that act on another body than the one that was kept",
            await count(sql`
              SELECT count(*) AS n FROM run r JOIN event e ON e.workspace_id = r.workspace_id AND e.id = (r.entry_event ->> 'id')::uuid
              WHERE r.workspace_id = ${workspace} AND r.entry_event -> 'properties' ->> 'amount' <> e.properties ->> 'amount'`),
            0,
          ),
          is(
            "letters that hold the body that was kept",
            await count(sql`
              SELECT count(*) AS n FROM dead_letter d JOIN event e ON e.workspace_id = d.workspace_id AND e.message_id = d.payload ->> 'messageId'
              WHERE d.workspace_id = ${workspace} AND d.payload -> 'properties' ->> 'amount' = e.properties ->> 'amount'`),
            0,
          ),
        ],
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
          await liveJourney(shop, reader(MANY - 1));
          for (let i = 0; i < MANY; i += BATCH) {
            await track(
              world.apiUrl,
              shop.writeKey,
              Array.from({ length: BATCH }, (_, k) => ({
                userId: "busy",
                messageId: `view-${i + k}`,
                event: "page_viewed",
                properties: { page: i + k },
              })),
            );
          }
          return MANY;
        },
        also: async ({ shop: { workspace } }) => [...(await heard(workspace, MANY, 1))],
      }),
  },
  {
    name: "backlog of 30,000 events draining",
    async run(world) {
      let drainedMs = 0;
      const verdict = await ordersUnder(world, {
        runs: READERS,
        lastsMs: 20_000,
        async strike({ shop }) {
          await liveJourney(shop, reader(BACKLOG / READERS - 1));
          await world.killRole("worker");
          for (let i = 0; i < BACKLOG; i += BATCH)
            await track(
              world.apiUrl,
              shop.writeKey,
              Array.from({ length: BATCH }, (_, k) => ({
                userId: `u${(i + k) % READERS}`,
                messageId: `view-${i + k}`,
                event: "page_viewed",
                properties: { page: Math.floor((i + k) / READERS) },
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
          ...(await heard(workspace, BACKLOG, READERS)),
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

/** Hears every page: the first one lets in, and each after it is asked whether it is the last. */
const reader = (last: number) => ({
  name: "Reader",
  entry: "viewed",
  nodes: [
    { id: "viewed", kind: "on-event", config: { event: "page_viewed", when: { all: [] } } },
    {
      id: "last",
      kind: "wait-for",
      config: { event: "page_viewed", when: { field: "event.page", is: "gte", value: last }, within: "P1D" },
    },
    { id: "tag", kind: "tag", config: { action: "add", tag: "read all" } },
  ],
  edges: [
    { from: "viewed", port: "next", to: "last" },
    { from: "last", port: "happened", to: "tag" },
  ],
  settings: { reentry: { is: "once" } },
});

async function heard(workspace: string, events: number, readers: number): Promise<Finding[]> {
  return [
    is(
      "each of them counted once",
      await count(
        sql`SELECT COALESCE(sum(count), 0) AS n FROM fact WHERE workspace_id = ${workspace} AND name = 'page_viewed'`,
      ),
      events,
    ),
    is(
      "one run a reader",
      await count(
        sql`SELECT count(*) AS n FROM run r JOIN journey j USING (workspace_id) WHERE j.id = r.journey_id AND j.name = 'Reader'`,
      ),
      readers,
    ),
    is(
      "each heard the last page, and once",
      await count(
        sql`SELECT count(*) AS n FROM journal WHERE workspace_id = ${workspace} AND step = 'last.start' AND port = 'happened'`,
      ),
      readers,
    ),
    is(
      "tagged",
      await count(sql`SELECT count(*) AS n FROM member_tag WHERE workspace_id = ${workspace} AND tag = 'read all'`),
      readers,
    ),
  ];
}

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
