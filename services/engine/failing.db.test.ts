import { expect, it } from "vitest";
import type { JourneyId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { shop } from "@/tests/harness/shop";
import { heed } from "./failing";

await database();

const standing = (journey: JourneyId) =>
  peek<{ state: string; reason: string | null }>(
    sql`SELECT state, state_reason AS reason FROM journey WHERE id = ${journey}`,
  );

/** A tag after each hour, twice at most; then a run fails, as its journey says. */
const twice = {
  name: "Twice",
  entry: "paid",
  nodes: [
    { id: "paid", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    { id: "hour", kind: "delay", config: { for: "PT1H" } },
    { id: "seen", kind: "tag", config: { action: "add", tag: "seen" } },
  ],
  edges: [
    { from: "paid", port: "next", to: "hour" },
    { from: "hour", port: "next", to: "seen" },
    { from: "seen", port: "next", to: "hour" },
  ],
  settings: { visits: 2, afterVisits: "fail" as const },
};

it("goes on when its runs have gone round as often as it allows, however many they are", async () => {
  const own = await shop();
  const { id, shard } = await liveJourney(own, twice);
  await accept(
    own,
    (await members(own, 30)).map((member) => ({ member, event: event("order_paid") })),
  );
  await dispatchAll();
  await conductAll(shard);
  for (let round = 0; round < 2; round++) {
    await peek(sql`UPDATE run SET due_at = now() - interval '1 hour' WHERE journey_id = ${id}`);
    await conductAll(shard);
  }
  expect(await peek(sql`SELECT state, count(*)::int AS n FROM run WHERE journey_id = ${id} GROUP BY 1`)).toEqual([
    { state: "failed", n: 30 },
  ]);
  expect(await standing(id)).toEqual([{ state: "live", reason: null }]);
});

it("pauses itself when many fail of what was drawn, and says of how many how many, and why the last", async () => {
  const own = await shop();
  const { id, shard } = await liveJourney(own, twice);
  await heed(shard, 20, ["numeric field overflow", "numeric field overflow"]);
  expect(await standing(id)).toEqual([{ state: "live", reason: null }]);
  await heed(
    shard,
    10,
    Array.from({ length: 8 }, () => "value too long"),
  );
  expect(await standing(id)).toEqual([{ state: "paused", reason: "10 of the last 30 runs failed: value too long" }]);
});
