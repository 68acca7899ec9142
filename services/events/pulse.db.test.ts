import { expect, it } from "vitest";
import { disconnect, engine, sql } from "@/platform/db";
import { metricsText } from "@/platform/metrics";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { shop } from "@/tests/harness/shop";
import { observe } from "./observe";
import { LOOKS, pulse } from "./pulse";
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

it.each(Object.entries(LOOKS))("reads none of the long tables from end to end: %s", async (_name, look) => {
  const plan = await engine(async (tx) => {
    // The tables are empty here: what is left of the planner's choice is whether an index can answer at all.
    await tx.run(sql`SET LOCAL enable_seqscan = off`);
    return tx.rows<{ "QUERY PLAN": string }>(sql`EXPLAIN ${look}`);
  });
  const scans = plan
    .map((line) => line["QUERY PLAN"])
    .filter((line) => /Seq Scan on (message|inbox|run|dead_letter)\b/.test(line));
  expect(scans).toEqual([]);
});

it("counts the messages that could leave: ready ones and held ones whose time has come, not those of a paused journey", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  const of = (isHeld: boolean, seconds: number | null) =>
    engine((tx) =>
      tx.run(sql`
        INSERT INTO message (workspace_id, id, member_id, channel, purpose, state, content, is_held, queued_at, not_before, expires_at)
        VALUES (${own.workspace}, gen_random_uuid(), ${member}, 'sms', 'service', 'queued', '{}', ${isHeld}, now(),
          COALESCE(now() + make_interval(secs => ${seconds}), 'infinity'), now() + interval '1 day')`),
    );
  for (const [isHeld, seconds] of [
    [false, -30],
    [true, -40],
    [true, 600],
    [true, null],
  ] as const)
    await of(isHeld, seconds);
  const sms = (await pulse()).send.find(({ channel }) => channel === "sms");
  expect(sms?.waiting).toBe(2);
  expect(sms?.ageSeconds).toBeGreaterThanOrEqual(40);
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
