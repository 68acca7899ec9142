import { afterAll, expect, it } from "vitest";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { accept, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { shop } from "@/tests/harness/shop";
import { temporal } from "@/tests/harness/temporal";
import { until } from "@/tests/harness/until";
import { startWorker } from "@/worker/start-worker";
import { createSegment } from "./segments";

await database({ max: 20 });
const server = await temporal();
const worker = await startWorker(
  server.native,
  { codePath: server.bundle },
  { conduct: `conduct-${server.suffix}`, send: `send-${server.suffix}` },
);
afterAll(() => worker.stop());
const DAY_MS = 86_400_000;

it("builds a segment, and lets members in by the durable clock and by their events within five seconds", async () => {
  const own = await shop();
  const [sleeper, buyer] = await members(own, 2);
  if (!sleeper || !buyer) throw new Error("no members");
  const made = await call(createSegment, own.actor(), {
    name: "Away or big",
    rule: {
      any: [
        { field: "member.last_order_at", is: "not_within_days", value: 30 },
        { field: "member.spent", is: "gte", value: 10_000 },
      ],
    },
  });
  if (!made.ok) throw new Error(made.detail);
  const journey = await liveJourney(own, {
    name: "Welcome back",
    entry: "t",
    nodes: [
      { id: "t", kind: "on-segment", config: { segment: made.value.id, change: "entered", when: { all: [] } } },
      { id: "tag", kind: "tag", config: { tag: "in", action: "add" } },
    ],
    edges: [{ from: "t", port: "next", to: "tag" }],
    settings: {},
  });
  await until(
    async () => (await peek(sql`SELECT 1 FROM segment WHERE id = ${made.value.id} AND state = 'live'`)).length,
  );
  const told = async (member: string) =>
    (await runsOf(journey.id)).some((run) => run.member === member && run.state === "done");
  // An order of thirty days ago that is told now, so that however long the build took, the clock has a while to go.
  const almost = Date.now() - 30 * DAY_MS + 6_000;
  await accept(own, [
    { member: buyer, event: event("order_paid", { amount: 10_000 }) },
    { member: sleeper, event: event("order_paid", { amount: 1 }, { occurredAt: almost }) },
  ]);
  await until(() => told(buyer), { deadline: 5_000, what: "the buyer's run" });
  await until(() => told(sleeper), { deadline: 15_000, what: "the sleeper's run" });
  expect(await runsOf(journey.id)).toHaveLength(2);
});
