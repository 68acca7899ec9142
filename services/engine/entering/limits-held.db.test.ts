import { describe, expect, it } from "vitest";
import type { JourneyId, MemberId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, liveJourney, members, republish } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";

await database();

/** Each a version of its own. */
let drawn = 0;
const waiting = (limits: object) => ({
  name: `limited ${++drawn}`,
  entry: "paid",
  nodes: [
    { id: "paid", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    { id: "wait", kind: "delay", config: { for: "P1D" } },
  ],
  edges: [{ from: "paid", port: "next", to: "wait" }],
  settings: { reentry: { is: "always" }, holdout: { percent: 50, days: 30 }, limits },
});
const ordered = async (own: Shop, all: readonly MemberId[]) => {
  await accept(
    own,
    all.map((member) => ({ member, event: event("order_paid") })),
  );
  await dispatchAll();
};
const arms = async (journey: JourneyId) => {
  const [row] = await peek<{ held: number; letIn: number }>(sql`
    SELECT count(*) FILTER (WHERE is_held)::int AS held, count(*) FILTER (WHERE NOT is_held)::int AS "letIn" FROM run WHERE journey_id = ${journey}`);
  return row ?? { held: 0, letIn: 0 };
};
const away = (own: Shop) =>
  peek(sql`SELECT reason, count(*)::int AS n FROM turned_away WHERE workspace_id = ${own.workspace} GROUP BY 1`);

describe.each([
  ["in all", { total: 6 }, "limit_total"],
  ["a day", { daily: 6 }, "limit_daily"],
  ["at a time", { live: 6 }, "limit_live"],
])("of a journey with a limit %s, whom a holdout keeps out", (_, limits, reason) => {
  it("take no place of those let in, and come in only while there is one", async () => {
    const own = await shop();
    const { id } = await liveJourney(own, waiting(limits));
    const all = await members(own, 40);
    for (let i = 0; i < all.length; i += 4) await ordered(own, all.slice(i, i + 4));
    const { held, letIn } = await arms(id);
    expect(letIn).toBe(6);
    // Behind the sixth nobody entered.
    expect(await peek(sql`SELECT is_held FROM run WHERE journey_id = ${id} ORDER BY ready_order DESC LIMIT 1`)).toEqual(
      [{ is_held: false }],
    );
    expect(await away(own)).toEqual([{ reason, n: 40 - held - letIn }]);
  });

  it("take none where many come at once either", async () => {
    const own = await shop();
    const { id } = await liveJourney(own, waiting(limits));
    await ordered(own, await members(own, 40));
    const { held, letIn } = await arms(id);
    expect(letIn).toBe(6);
    expect(await away(own)).toEqual([{ reason, n: 40 - held - letIn }]);
  });
});

it("a publish counts anew what was let in, and none of the held", async () => {
  const own = await shop();
  const { id } = await liveJourney(own, waiting({ total: 3 }));
  await ordered(own, await members(own, 30));
  expect((await arms(id)).letIn).toBe(3);
  await republish(own, id, waiting({ total: 8, daily: 8 }), 2);
  await ordered(own, await members(own, 30));
  expect((await arms(id)).letIn).toBe(8);
});
