import { Client, Connection } from "@temporalio/client";
import { afterAll, expect, inject, it } from "vitest";
import { journeyConductor } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { stopJourney } from "@/services/journeys/operating/stop";
import { database } from "@/tests/harness/database";
import { accept, event, members, runsOf } from "@/tests/harness/journey";
import { drawing, published, republish, value } from "@/tests/harness/lifecycle";
import { product } from "@/tests/harness/product";
import { shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";

const { url } = await database({ max: 12 });
const running = await product(url, ["sandbox", "worker"]);
const connection = await Connection.connect({ address: inject("temporal").address });
afterAll(() => connection.close());
const client = new Client({ connection, namespace: running.settings.TEMPORAL_NAMESPACE });

it("takes waiting members through an edit that deletes their step, while events arrive and the worker is killed; then stops", {
  timeout: 120_000,
}, async () => {
  const own = await shop();
  const journey = await published(own, drawing());
  const all = await members(own, 2500);
  await accept(
    own,
    all.map((member) => ({ member, event: event("order_paid", { amount: 100 }) })),
  );
  const standing = async (where: string) =>
    (
      await peek<{ n: number }>(
        sql`SELECT count(*)::int AS n FROM run WHERE journey_id = ${journey.id} AND step || ' ' || state = ${where}`,
      )
    )[0]?.n ?? 0;
  await until(async () => (await standing("week.start parked")) === 2500, { deadline: 40_000 });

  await republish(own, journey.id, drawing({ without: "week" }), { week: { is: "move", to: "again" } });
  await until(
    async () => (await peek(sql`SELECT 1 FROM run WHERE journey_id = ${journey.id} AND mapped = 1 LIMIT 1`)).length > 0,
  );
  running.kill("worker");
  await accept(
    own,
    all.slice(0, 600).map((member) => ({ member, event: event("store_visit") })),
  );
  await until(async () => (await standing("visit.start parked")) + (await standing("came.start done")) === 2500, {
    deadline: 60_000,
  });
  await until(
    async () => (await peek(sql`SELECT 1 FROM job WHERE journey_id = ${journey.id} AND state = 'done'`)).length === 1,
  );
  expect(
    await peek(
      sql`SELECT step, count(*)::int AS n FROM message WHERE workspace_id = ${own.workspace} GROUP BY 1 ORDER BY 1`,
    ),
  ).toEqual([
    { step: "again.start", n: 2500 },
    { step: "thanks.start", n: 2500 },
  ]);
  expect(
    await peek(
      sql`SELECT DISTINCT p.version FROM run r JOIN plan p ON p.id = r.plan_id WHERE r.journey_id = ${journey.id}`,
    ),
  ).toEqual([{ version: 2 }]);

  value(await call(stopJourney, own.actor(), { journey: journey.id }));
  running.kill("worker");
  await until(async () => (await runsOf(journey.id)).every(({ state }) => state === "exited" || state === "done"), {
    deadline: 40_000,
  });
  const workflow = client.workflow.getHandle(journeyConductor(journey.id, 0));
  await until(async () => (await workflow.describe()).status.name === "COMPLETED", { deadline: 20_000 });
});
