import { expect, it } from "vitest";
import type { JourneyId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { createJourney } from "@/services/journeys/drafting/create";
import { publishJourney } from "@/services/journeys/publishing/publish";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { product } from "@/tests/harness/product";
import { shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";

const { url } = await database({ max: 20 });
const { kill } = await product(url, ["sandbox", "worker"]);

it("lets each of a broadcast's members in exactly once, though its worker is killed in the middle", {
  timeout: 120_000,
}, async () => {
  const own = await shop();
  await members(own, 6_000);
  const made = await call(createJourney, own.actor(), {
    document: {
      name: "Broadcast",
      entry: "t",
      nodes: [
        { id: "t", kind: "on-broadcast", config: { at: "", segment: "", when: { all: [] }, perMinute: 60_000 } },
        { id: "tag", kind: "tag", config: { tag: "reached", action: "add" } },
      ],
      edges: [{ from: "t", port: "next", to: "tag" }],
      settings: { reentry: { is: "always" } },
    },
  });
  if (!made.ok) throw new Error(made.detail);
  const journey = made.value.id as JourneyId;
  expect(await call(publishJourney, own.actor(), { journey })).toMatchObject({ ok: true });
  const entered = async () =>
    (await peek<{ n: number }>(sql`SELECT count(*)::int AS n FROM run WHERE journey_id = ${journey}`))[0]?.n ?? 0;
  for (const part of [1_000, 3_000]) {
    await until(async () => (await entered()) >= part, { deadline: 40_000, what: `${part} entries` });
    kill("worker");
  }
  await until(
    async () => (await peek(sql`SELECT 1 FROM broadcast WHERE journey_id = ${journey} AND state = 'done'`)).length,
    {
      deadline: 60_000,
      what: "the broadcast's end",
    },
  );
  await until(
    async () =>
      (await peek(sql`SELECT 1 FROM run WHERE journey_id = ${journey} AND state <> 'done' LIMIT 1`)).length === 0,
    { deadline: 40_000, what: "the runs' ends" },
  );
  expect(
    await peek(
      sql`SELECT count(*)::int AS runs, count(DISTINCT member_id)::int AS members FROM run WHERE journey_id = ${journey}`,
    ),
  ).toEqual([{ runs: 6_000, members: 6_000 }]);
  expect(await peek(sql`SELECT entered FROM broadcast WHERE journey_id = ${journey}`)).toEqual([{ entered: 6_000 }]);
});
