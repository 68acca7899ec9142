import { describe, expect, it } from "vitest";
import { engine, query, sql } from "@/platform/db";
import { database } from "./database";
import { shop } from "./shop";
import { until } from "./until";

await database();

describe("the harness", () => {
  it("gives each test a shop that no other sees", async () => {
    const [a, b] = [await shop(), await shop()];
    const offers = await query(a.workspace, (tx) => tx.rows<{ id: string }>(sql`SELECT id FROM offer`));
    expect(offers).toEqual([{ id: a.offer }]);
    expect(a.workspace).not.toBe(b.workspace);
  });

  it("gives the file a database without shops of other files", async () => {
    const [row] = await engine((tx) => tx.rows<{ shops: number }>(sql`SELECT count(*) AS shops FROM workspace`));
    expect(row?.shops).toBe(2);
  });

  it("waits until something holds, and says what did not", async () => {
    let asked = 0;
    expect(await until(() => (++asked > 2 ? asked : undefined))).toBe(3);
    await expect(until(() => false, { deadline: 60, what: "the moon" })).rejects.toThrow(
      "the moon did not hold within 60 ms; last: false",
    );
  });
});
