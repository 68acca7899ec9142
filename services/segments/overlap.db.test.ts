import { describe, expect, it } from "vitest";
import type { Rule } from "@/core/rules/rule";
import { sql, write } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { call } from "../access/use-case";
import { segmentOverlap } from "./overlap";
import { createSegment } from "./segments";
import { segmentsTurn } from "./turn";

await database();

const over = (orders: number): Rule => ({ field: "member.orders", is: "gte", value: orders });

/** Members with 1, 2, 3, … orders. */
const people = (own: Shop, count: number) =>
  write(own.workspace, (tx) =>
    tx.run(sql`
      INSERT INTO member (workspace_id, id, name, orders)
      SELECT ${own.workspace}, gen_random_uuid(), 'M' || i, i FROM generate_series(1, ${count}) i`),
  );
async function segment(own: Shop, name: string, rule: Rule): Promise<string> {
  const made = await call(createSegment, own.actor(), { name, rule });
  if (!made.ok) throw new Error(made.detail);
  return made.value.id;
}
async function overlap(own: Shop, id: string) {
  const said = await call(segmentOverlap, own.actor(), { segment: id });
  if (!said.ok) throw new Error(said.reason);
  return said.value;
}

describe("the overlap of segments", () => {
  it("is how many of one's members are in each of the others, the most first", async () => {
    const own = await shop();
    await people(own, 100);
    const [all, few] = [await segment(own, "All", over(0)), await segment(own, "Few", over(91))];
    const half = await segment(own, "Half", over(51));
    while ((await segmentsTurn(own.workspace)) === "moved");
    const late = await segment(own, "Late", over(1));
    const live = { state: "live" };
    expect(await overlap(own, half)).toEqual({
      members: 50,
      isExact: true,
      items: [
        { segment: all, name: "All", both: 50, ...live },
        { segment: few, name: "Few", both: 10, ...live },
        { segment: late, name: "Late", both: 0, state: "building" },
      ],
    });
    expect((await overlap(own, few)).items.map(({ both }) => both)).toEqual([10, 10, 0]);
  });

  it("of many members is counted among some of them", { timeout: 120_000 }, async () => {
    const own = await shop();
    await people(own, 45_000);
    const [half, most] = [await segment(own, "Half", over(22_501)), await segment(own, "Most", over(11_251))];
    // As the segments' turns would leave them, in one go.
    await write(own.workspace, (tx) =>
      tx.run(sql`
        INSERT INTO segment_member (workspace_id, segment_id, member_id, is_in, changed_at)
        SELECT workspace_id, segment, id, orders >= least, now()
        FROM member, (VALUES (${half}::uuid, 22501), (${most}::uuid, 11251)) AS made (segment, least)
        WHERE workspace_id = ${own.workspace}`),
    );
    const { members, isExact, items } = await overlap(own, half);
    expect(isExact).toBe(false);
    expect(items[0]?.both).toBe(members);
    expect(Math.abs(members - 22_500)).toBeLessThan(2_250);
  });

  it("knows no segment of another workspace", async () => {
    const [own, other] = [await shop(), await shop()];
    const theirs = await segment(other, "Theirs", over(0));
    const mine = await segment(own, "Mine", over(0));
    expect(await call(segmentOverlap, own.actor(), { segment: theirs })).toMatchObject({ reason: "not_found" });
    expect(await call(segmentOverlap, own.actor(), { segment: newId() })).toMatchObject({ reason: "not_found" });
    expect((await overlap(own, mine)).items).toEqual([]);
  });
});
