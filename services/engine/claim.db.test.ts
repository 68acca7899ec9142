import { expect, it } from "vitest";
import { engine, peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { shop } from "@/tests/harness/shop";
import { claim, IN_INDEX_ORDER, START } from "./claim";

await database();

it("takes those first who entered first, where several are due at one instant", async () => {
  const own = await shop();
  const journey = await liveJourney(own, {
    name: "later",
    entry: "paid",
    nodes: [
      { id: "paid", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
      { id: "wait", kind: "delay", config: { for: "P1D" } },
    ],
    edges: [{ from: "paid", port: "next", to: "wait" }],
    settings: {},
  });
  await accept(
    own,
    (await members(own, 5)).map((member) => ({ member, event: event("order_paid") })),
  );
  await dispatchAll();
  await conductAll(journey.shard);
  const entered = (await runsOf(journey.id)).map(({ id }) => id).sort();
  expect(entered).toHaveLength(5);
  // One by one, the last first: so they lie in the table, and in the index, against their order.
  for (const id of [...entered].reverse())
    await peek(sql`UPDATE run SET due_at = date_trunc('hour', clock_timestamp()) - interval '1 day' WHERE id = ${id}`);
  const claimed = await engine(async (tx) => {
    tx.push(sql`SELECT ${IN_INDEX_ORDER}`);
    return claim(tx, journey.shard, START, { hot: 10, bulk: 10 });
  });
  expect(claimed.map(({ id }) => id)).toEqual(entered);
});
