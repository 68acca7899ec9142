import { expect, it } from "vitest";
import { engine, Sql, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { shop } from "@/tests/harness/shop";
import type { Rule } from "./rule";
import { toSql } from "./to-sql";

await database();

it.each<Rule>([
  { not: { field: "member.tags", is: "contains", value: "sleeps" } },
  { field: "member.tags", is: "not_contains", value: "sleeps" },
  { field: "member.tags", is: "in", value: ["sleeps", "reads"] },
  { not: { field: "member.coupons", is: "exists" } },
])("looks for rows of a member one by one, and joins nothing: %j", async (rule) => {
  const { workspace } = await shop();
  const made = toSql(rule, { workspace, asOf: Date.now(), zone: "Asia/Shanghai" });
  if (!made.ok) throw new Error(made.field);
  const where = new Sql(made.parts, made.values);
  const plan = await engine((tx) =>
    tx.rows<{ "QUERY PLAN": string }>(
      sql`EXPLAIN SELECT count(*) FROM member m WHERE m.workspace_id = ${workspace} AND m.orders > 3 AND ${where}`,
    ),
  );
  const lines = plan.map((line) => line["QUERY PLAN"]);
  expect(lines.some((line) => /SubPlan/.test(line))).toBe(true);
  expect(lines.filter((line) => /(Semi|Anti) Join/.test(line))).toEqual([]);
});
