import { expect, it } from "vitest";
import { engine, peek, type Sql, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { forgetAnswers, forgetting as forgettingAnswers } from "@/services/access/forget-answers";
import { call } from "@/services/access/use-case";
import { foldHours, folding } from "@/services/engine/fold-hours";
import { forgetKeys, forgetting as forgettingKeys } from "@/services/intake/forget-keys";
import { journeyCounts } from "@/services/journeys/watching/counts";
import { forgetHours, forgetting as forgettingHours } from "@/services/messages/forget-hours";
import { database } from "@/tests/harness/database";
import { liveJourney } from "@/tests/harness/journey";
import { line, tagged } from "@/tests/harness/line";
import { shop } from "@/tests/harness/shop";

await database();

const planOf = (statement: Sql): Promise<string> =>
  engine(async (tx) => {
    // The tables are empty here: what is left of the planner's choice is whether an index can answer at all.
    await tx.run(sql`SET LOCAL enable_seqscan = off`);
    const lines = await tx.rows<{ "QUERY PLAN": string }>(sql`EXPLAIN ${statement}`);
    return lines.map((line) => line["QUERY PLAN"]).join("\n");
  });

it("finds what is past its keeping by its age, and reads no table from end to end", async () => {
  const keys = await planOf(forgettingKeys(100));
  expect(keys).toMatch(/Index (Only )?Scan using event_key_0_accepted_at_idx/);
  expect(keys).not.toContain("Seq Scan on event_key");
  for (const [statement, index] of [
    [forgettingHours(100), "message_traffic_hour"],
    [folding(100), "traffic_hour"],
  ] as const)
    expect(await planOf(statement)).toContain(`Index Scan using ${index}`);
  const answers = await planOf(forgettingAnswers(100));
  expect(answers).toContain("idempotency_at");
  expect(answers).not.toContain("Seq Scan on idempotency");
});

it("forgets keys and answers after their time, a share at a time, and no others", async () => {
  const { workspace } = await shop();
  await engine(async (tx) => {
    await tx.run(sql`
      INSERT INTO event_key (workspace_id, message_id, event_id, body_hash, accepted_at)
      SELECT ${workspace}, 'm' || n, ${newId()}, '', now() - make_interval(days => n) FROM generate_series(30, 40) AS n`);
    await tx.run(sql`
      INSERT INTO idempotency (workspace_id, route, key, request_hash, at)
      SELECT ${workspace}, 'POST /x', 'k' || n, '', now() - make_interval(days => n) FROM generate_series(0, 4) AS n`);
  });
  expect([await forgetKeys(4), await forgetKeys(4), await forgetKeys(4)]).toEqual([4, 2, 0]);
  expect([await forgetAnswers(9), await forgetAnswers(9)]).toEqual([3, 0]);
  expect(
    await peek(sql`SELECT min(accepted_at) > now() - interval '36 days' AS kept, count(*)::int AS n FROM event_key`),
  ).toEqual([{ kept: true, n: 5 }]);
});

it("keeps the hours of five weeks, and of those before the sums", async () => {
  const own = await shop();
  const { id } = await liveJourney(own, line([tagged("tag", "x")]));
  await peek(sql`
    INSERT INTO traffic (workspace_id, journey_id, shard, hour, step, port, count)
    SELECT ${own.workspace}, ${id}, 0, date_trunc('hour', now()) - make_interval(days => n), 'tag.start', port, 2
    FROM generate_series(33, 38) AS n, unnest(ARRAY['next', '@failed']) AS port`);
  await peek(sql`
    INSERT INTO message_traffic (workspace_id, journey_id, hour, step, outcome, reason, shard, count)
    SELECT ${own.workspace}, ${id}, hour, 'tag.start', 'sent', '', 0, 1
    FROM (SELECT date_trunc('hour', now()) - make_interval(days => n) FROM generate_series(33, 38) AS n UNION ALL SELECT '-infinity') AS h(hour)`);
  expect([await foldHours(3), await foldHours(3), await foldHours(3)]).toEqual([3, 3, 2]);
  expect([await forgetHours(2), await forgetHours(2), await forgetHours(2)]).toEqual([2, 2, 0]);
  expect(
    await peek(sql`
      SELECT hour = '-infinity' AS before, port, sum(count)::int AS count, count(*)::int AS rows FROM traffic
      WHERE journey_id = ${id} GROUP BY 1, 2 ORDER BY 1, 2`),
  ).toEqual([
    { before: false, port: "@failed", count: 4, rows: 2 },
    { before: false, port: "next", count: 4, rows: 2 },
    { before: true, port: "@failed", count: 8, rows: 1 },
    { before: true, port: "next", count: 8, rows: 1 },
  ]);
  expect(
    await peek(sql`
      SELECT count(*)::int AS rows, (count(*) FILTER (WHERE hour = '-infinity'))::int AS "allTime" FROM message_traffic WHERE journey_id = ${id}`),
  ).toEqual([{ rows: 3, allTime: 1 }]);
  const counts = await call(journeyCounts, own.actor(), { journey: id });
  expect(counts.ok && counts.value.ports["tag:next"]).toBe(12);
});
