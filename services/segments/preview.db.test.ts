import { expect, it } from "vitest";
import { ownRowFirst } from "@/core/rules/own-row";
import type { Rule } from "@/core/rules/rule";
import { engine, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { shop } from "@/tests/harness/shop";
import { ruleWhere, whereInTwo } from "../members/where";
import { counting } from "./preview";

await database();

const RULE: Rule = {
  all: [
    { field: "member.tier", is: "eq", value: "gold" },
    { field: "member.tags", is: "not_contains", value: "sleeps" },
    {
      any: [
        { field: "member.orders", is: "gte", value: 1 },
        { did: "visit", measure: "count", is: "lt", value: 1 },
      ],
    },
    { not: { did: "purchase", measure: "count", is: "gte", value: 2, days: 30 } },
  ],
};

it("reads members by every core, and looks up only for those whom their own row leaves in", async () => {
  const { workspace } = await shop();
  const plan = await engine(async (tx) => {
    const where = await whereInTwo(tx, workspace, { rule: RULE }, new Date());
    if (!where.ok) throw new Error("no condition");
    // As if there were many.
    tx.push(
      sql`SELECT set_config('min_parallel_table_scan_size', '0', true), set_config('parallel_setup_cost', '0', true), set_config('enable_indexscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`,
    );
    return tx.rows<{ "QUERY PLAN": string }>(sql`EXPLAIN ${counting(workspace, where.value)}`);
  });
  const lines = plan.map((line) => line["QUERY PLAN"]);
  const scan = lines.findIndex((line) => /Parallel Seq Scan on member/.test(line));
  expect(scan).toBeGreaterThan(-1);
  expect(lines.slice(0, scan).some((line) => /Gather/.test(line))).toBe(true);
  expect(lines.some((line) => /SubPlan/.test(line))).toBe(true);
});

it("counts whom the rule in one piece holds", async () => {
  const own = await shop();
  const gold = await members(own, 4, { tier: "gold" });
  await members(own, 3);
  const [asleep, buys] = gold;
  const counts = await engine(async (tx) => {
    tx.push(sql`INSERT INTO tag (workspace_id, name) VALUES (${own.workspace}, 'sleeps')`);
    tx.push(
      sql`INSERT INTO member_tag (workspace_id, member_id, tag, source, at) VALUES (${own.workspace}, ${asleep}, 'sleeps', 'test', now())`,
    );
    tx.push(
      sql`INSERT INTO fact (workspace_id, member_id, name, day, count) VALUES (${own.workspace}, ${buys}, 'purchase', current_date - 2, 3)`,
    );
    const [one, two] = [
      await ruleWhere(tx, own.workspace, RULE, new Date()),
      await whereInTwo(tx, own.workspace, { rule: RULE }, new Date()),
    ];
    if (!one.ok || !two.ok) throw new Error("no condition");
    return [
      (
        await tx.one<{ n: number }>(
          sql`SELECT count(*) AS n FROM member m WHERE m.workspace_id = ${own.workspace} AND ${one.value}`,
        )
      )?.n,
      await tx.one(counting(own.workspace, two.value)),
    ];
  });
  expect(ownRowFirst(RULE).own).toEqual({ all: [{ field: "member.tier", is: "eq", value: "gold" }] });
  expect(counts).toEqual([2, { count: 2, of: 7 }]);
});
