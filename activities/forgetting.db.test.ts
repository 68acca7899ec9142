import { expect, it } from "vitest";
import { engine, peek, type Sql, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { forgetAnswers, forgetting as forgettingAnswers } from "@/services/access/forget-answers";
import { forgetKeys, forgetting as forgettingKeys } from "@/services/intake/forget-keys";
import { database } from "@/tests/harness/database";
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
