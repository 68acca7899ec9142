import { describe, expect, it } from "vitest";
import type { JourneyId, MemberId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { stopJourney } from "@/services/journeys/operating/stop";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, members } from "@/tests/harness/journey";
import { published, republish, value, workAll } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { exitRun } from "../operations/one";

await database();

const drawing = (goal: object, wait: object = { id: "wait", kind: "delay", config: { for: "P30D" } }) => ({
  name: "Measured",
  entry: "paid",
  nodes: [{ id: "paid", kind: "on-event", config: { event: "order_paid", when: { all: [] } } }, wait],
  edges: [{ from: "paid", port: "next", to: "wait" }],
  goal,
  settings: { reentry: { is: "always" }, holdout: { percent: 50, days: 30 } },
});
const VISIT = { on: "store_visit", when: { all: [] } };
const VIEW = { on: "page_viewed", when: { all: [] } };

const tell = async (own: Shop, all: readonly MemberId[], name: string) => {
  await accept(
    own,
    all.map((member) => ({ member, event: event(name) })),
  );
  await dispatchAll();
};
/** Twenty on their way or held, some of either. */
async function both(own: Shop) {
  const { id } = await published(own, drawing(VISIT));
  const all = await members(own, 20);
  await tell(own, all, "order_paid");
  const arms = await states(id);
  expect(arms.map(({ is }) => is)).toEqual(["held", "parked"]);
  return { id, all, arms };
}
const states = (journey: JourneyId) =>
  peek<{ is: string; n: number }>(sql`
    SELECT CASE state WHEN 'exited' THEN reason ELSE state END AS is, count(*)::int AS n FROM run WHERE journey_id = ${journey} GROUP BY 1 ORDER BY 1`);
const left = (journey: JourneyId) =>
  peek(
    sql`SELECT step, port, sum(count)::int AS n FROM traffic WHERE journey_id = ${journey} AND port = '@exit' GROUP BY 1, 2`,
  );

describe("members whom a holdout keeps out are measured by the goal of those who were let in", () => {
  it.each([
    ["by the job of the publish", true],
    ["by an event that comes before it", false],
  ])("after a publish that takes these along, %s", async (_, works) => {
    const own = await shop();
    const { id, all } = await both(own);
    await republish(own, id, drawing(VIEW));
    if (works) await workAll(own.workspace);
    await tell(own, all, "store_visit");
    expect((await states(id)).map(({ is }) => is)).toEqual(["held", "parked"]);
    await tell(own, all, "page_viewed");
    expect(await states(id)).toEqual([{ is: "goal", n: 20 }]);
  });

  it("after a publish behind which these finish what they began", async () => {
    const own = await shop();
    const { id, all } = await both(own);
    await republish(own, id, drawing(VIEW), { wait: { is: "stay" } });
    await workAll(own.workspace);
    await tell(own, all, "page_viewed");
    expect((await states(id)).map(({ is }) => is)).toEqual(["held", "parked"]);
    await tell(own, all, "store_visit");
    expect(await states(id)).toEqual([{ is: "goal", n: 20 }]);
  });

  it("leave with a publish that lets all these leave; the canvas counts those who stood on it", async () => {
    const own = await shop();
    const { id, arms } = await both(own);
    await republish(own, id, drawing(VIEW), { wait: { is: "exit" } });
    await workAll(own.workspace);
    expect(await states(id)).toEqual([{ is: "left_on_publish", n: 20 }]);
    expect(await left(id)).toEqual([
      { step: "wait.start", port: "@exit", n: arms.find(({ is }) => is === "parked")?.n },
    ]);
    expect(await peek(sql`SELECT done, total FROM job WHERE journey_id = ${id} AND kind = 'publish'`)).toEqual([
      { done: arms.find(({ is }) => is === "parked")?.n, total: arms.find(({ is }) => is === "parked")?.n },
    ]);
  });

  it("also where nobody was let in, and the clock brings the goal", async () => {
    const own = await shop();
    const { id } = await both(own);
    await peek(
      sql`DELETE FROM journal WHERE run_id IN (SELECT id FROM run WHERE journey_id = ${id} AND state = 'parked')`,
    );
    await peek(sql`DELETE FROM run WHERE journey_id = ${id} AND state = 'parked'`);
    await republish(own, id, drawing({ when: { field: "member.last_order_at", is: "not_within_days", value: 5 } }));
    await workAll(own.workspace);
    expect(await peek(sql`SELECT count(*)::int AS n FROM run WHERE journey_id = ${id} AND look_at IS NULL`)).toEqual([
      { n: 0 },
    ]);
  });
});

it("a held run that is let go, alone or with its journey, is counted on no step", async () => {
  const own = await shop();
  const { id, arms } = await both(own);
  const [held] = await peek<{ id: string }>(sql`SELECT id FROM run WHERE journey_id = ${id} AND state = 'held'`);
  value(await call(exitRun, own.actor(), { run: held?.id }));
  expect(await left(id)).toEqual([]);
  value(await call(stopJourney, own.actor(), { journey: id }));
  await workAll(own.workspace);
  expect(await left(id)).toEqual([{ step: "wait.start", port: "@exit", n: arms.find(({ is }) => is === "parked")?.n }]);
});
