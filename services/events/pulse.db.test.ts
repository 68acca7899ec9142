import { expect, it } from "vitest";
import { disconnect, engine, sql } from "@/platform/db";
import { metricsText } from "@/platform/metrics";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { shop } from "@/tests/harness/shop";
import { observe } from "./observe";
import { pulse } from "./pulse";
import { readiness } from "./readiness";

await database();

const sending = {
  name: "Thanks",
  entry: "paid",
  nodes: [
    { id: "paid", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    { id: "wait", kind: "delay", config: { for: "P1D" } },
  ],
  edges: [{ from: "paid", port: "next", to: "wait" }],
  settings: {},
};

it("tells what waits, how long, and what could move", async () => {
  const own = await shop();
  await liveJourney(own, sending);
  const known = await members(own, 3);
  const acceptedAt = Date.now() - 90_000;
  await accept(
    own,
    known.map((member) => ({ member, event: event("order_paid", {}, { acceptedAt }) })),
  );
  const before = await pulse();
  expect(before.dispatch.waiting).toBe(3);
  expect(before.dispatch.ageSeconds).toBeGreaterThanOrEqual(90);
  expect(before.dispatch.ageSeconds).toBeLessThan(120);
  await dispatchAll({ carries: false });
  const after = await pulse();
  expect(after.dispatch).toMatchObject({ waiting: 0, ageSeconds: 0 });
  expect(after.ready).toBe(3);
  expect(after.conductors).toContainEqual({ kind: "journey", awake: 0, asleep: 1, overdue: 0 });
  expect(after.workers).toBe(0);
});

it("finds the oldest event of all lanes and workspaces", async () => {
  const shops = [await shop(), await shop()];
  for (const [i, own] of shops.entries()) {
    const known = await members(own, 20);
    await accept(
      own,
      known.map((member, k) => ({
        member,
        event: event("store_visit", {}, { acceptedAt: Date.now() - 1000 * (i * 20 + 20 - k) }),
      })),
    );
  }
  const { ageSeconds, waiting } = (await pulse()).dispatch;
  expect(waiting).toBe(40);
  expect(Math.round(ageSeconds)).toBe(40);
});

it("says which migration the database lacks, and tells no lag of a database that is away", async () => {
  expect(await readiness()).toBeUndefined();
  await observe();
  expect((await metricsText()).text).toMatch(/regulars_database_up 1/);
  await engine((tx) =>
    tx.run(sql`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name LIKE '%_spine'`),
  );
  expect(await readiness()).toMatch(/lacks \d+_spine: run npm run migrate/);
  await new Promise((done) => setTimeout(done, 1100));
  await disconnect();
  expect(await readiness()).toMatch(/not reachable/);
  expect(await observe()).toBeUndefined();
  const { text } = await metricsText();
  expect(text).toMatch(/regulars_database_up 0/);
  expect(text).not.toMatch(/regulars_dispatch_lag_seconds [1-9]/);
});
