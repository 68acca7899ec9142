import { describe, expect, it } from "vitest";
import { sql, write } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { call } from "../access/use-case";
import { estimate, estimateSegment } from "./estimate";
import { segmentValues } from "./values";

await database();

const people = (own: Shop, count: number, every: number) =>
  write(own.workspace, (tx) =>
    tx.run(sql`
      INSERT INTO member (workspace_id, id, name, tier, attributes)
      SELECT ${own.workspace}, gen_random_uuid(), 'M' || i, CASE WHEN i % ${every} = 0 THEN 'gold' ELSE 'basic' END,
        jsonb_build_object('city', CASE WHEN i % 2 = 0 THEN 'Suzhou' ELSE 'Wuxi' END)
      FROM generate_series(1, ${count}) i`),
  );
const GOLD = { field: "member.tier", is: "eq", value: "gold" } as const;

describe("a live count", () => {
  it("of a small shop is exact", async () => {
    const own = await shop();
    await people(own, 100, 4);
    const said = await call(estimateSegment, own.actor(), { rule: GOLD });
    expect(said).toMatchObject({ ok: true, value: { count: 25, isExact: true, error: 0 } });
  });

  it("of many members is an estimate whose error holds the truth", { timeout: 60_000 }, async () => {
    const own = await shop();
    await people(own, 60_000, 4);
    const said = await call(estimateSegment, own.actor(), { rule: GOLD });
    if (!said.ok) throw new Error(said.detail);
    const { count, of, isExact, error } = said.value;
    expect(isExact).toBe(false);
    expect(error).toBeLessThan(1_000);
    // Three times the 95 % interval: a hash spreads, it does not promise.
    expect(Math.abs(count / of - 0.25) * of).toBeLessThan(3 * error);
    expect(Math.abs(of - 60_000)).toBeLessThan(3_000);
  });

  it("that found nobody in the sample says how many there may be still", () => {
    expect(estimate(0, 20_000, 0.02)).toEqual({ count: 0, of: 1_000_000, isExact: false, error: 150 });
    expect(estimate(5_000, 20_000, 0.02)).toMatchObject({ count: 250_000, error: 5_941 });
  });

  it("reads only the asker's members, and refuses a rule on an event by name", async () => {
    const [own, other] = [await shop(), await shop()];
    await people(other, 10, 1);
    expect(await call(estimateSegment, own.actor(), { rule: GOLD })).toMatchObject({ value: { count: 0 } });
    const onEvent = { field: "event.amount", is: "gte", value: 1 } as const;
    expect(await call(estimateSegment, own.actor(), { rule: onEvent })).toMatchObject({ ok: false, reason: "invalid" });
  });
});

describe("values of a field", () => {
  it("come with how many members have each, and can be searched", async () => {
    const own = await shop();
    await people(own, 9, 3);
    const of = async (field: string, q = "") => {
      const said = await call(segmentValues, own.actor(), { field, q });
      return said.ok ? said.value.items : said.reason;
    };
    expect(await of("member.tier")).toEqual([
      { value: "basic", count: 6 },
      { value: "gold", count: 3 },
    ]);
    expect(await of("member.attributes.city", "wu")).toEqual([{ value: "Wuxi", count: 5 }]);
    expect(await of("member.attributes.nothing")).toEqual([]);
    expect(await of("member.phone")).toBe("invalid");
    expect(await of("member.attributes.x' OR 1=1 --")).toEqual([]);
  });
});
