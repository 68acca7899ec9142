import { expect, it } from "vitest";
import { laneOf } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { accept, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { line } from "@/tests/harness/line";
import { shop } from "@/tests/harness/shop";
import { dispatch, msSinceEvents } from "./dispatch";

await database();

it("takes many events of a member at once, but only few that may let the member in", async () => {
  const own = await shop();
  await liveJourney(own, line([[{ id: "tag", kind: "tag", config: { action: "add", tag: "paid" } }, "next"]]));
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const many = (name: string, count: number) =>
    Array.from({ length: count }, (_, i) => ({ member, event: event(name, { amount: 100, order_id: `o${i}` }) }));
  await accept(own, [...many("page_viewed", 200), ...many("order_paid", 20), ...many("page_viewed", 100)]);
  const took: number[] = [];
  for (const lane = laneOf(own.workspace, member); took.length < 10; ) {
    const turn = await dispatch(lane);
    if (turn.is !== "took" || turn.took === 0) break;
    took.push(turn.took);
  }
  expect(took).toEqual([208, 8, 104]);
  const [counted] = await peek(sql`
    SELECT (SELECT sum(count)::int FROM fact WHERE workspace_id = ${own.workspace} AND name = 'page_viewed') AS views,
      (SELECT count(*)::int FROM inbox WHERE workspace_id = ${own.workspace}) AS waiting`);
  expect(counted).toEqual({ views: 300, waiting: 0 });
});

it("lets nobody wait for a member who floods it, and keeps each one's order", async () => {
  const own = await shop();
  const journey = await liveJourney(
    own,
    line([[{ id: "tag", kind: "tag", config: { action: "add", tag: "paid" } }, "next"]]),
  );
  const known = await members(own, 60);
  const laneOfMember = (member: (typeof known)[number]) => laneOf(own.workspace, member);
  const neighbours = (member: (typeof known)[number]) =>
    known.filter((one) => laneOfMember(one) === laneOfMember(member));
  // Of sixty members in sixteen lanes some lane has four.
  const [first, ...others] =
    known
      .map(neighbours)
      .find((all) => all.length > 3)
      ?.slice(0, 3) ?? [];
  if (!first) throw new Error("no lane has four members");
  const lane = laneOfMember(first);
  const paid = (member: typeof first, order: string) => ({
    member,
    event: event("order_paid", { amount: 100, order_id: order }),
  });
  await accept(own, [
    ...others.map((member) => paid(member, "before")),
    ...Array.from({ length: 1500 }, (_, i) => paid(first, `flood-${i}`)),
    ...others.flatMap((member) => [paid(member, "behind"), paid(member, "last")]),
  ]);
  expect(await dispatch(lane)).toMatchObject({ is: "took", took: 8 + 3 * others.length, isIdle: false });
  const waiting = await peek<{ member: string; orders: string[] }>(sql`
    SELECT member_id AS member, array_agg(event -> 'properties' ->> 'order_id' ORDER BY id) AS orders FROM inbox WHERE workspace_id = ${own.workspace} GROUP BY 1`);
  expect(waiting.map(({ member, orders }) => [member, orders[0], orders.length])).toEqual([[first, "flood-8", 1492]]);
  const runs = await runsOf(journey.id);
  expect(new Set(runs.map(({ member }) => member))).toEqual(new Set([first, ...others]));
});

it("remembers when it took events last, so that bulk work leaves room beside them, and not when it found none", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  // What the tests before left is none of this one's.
  await peek(sql`DELETE FROM inbox`);
  const before = msSinceEvents();
  await dispatch(laneOf(own.workspace, member));
  expect(msSinceEvents()).toBeGreaterThanOrEqual(before);
  await accept(own, [{ member, event: event("page_viewed") }]);
  const began = performance.now();
  await dispatch(laneOf(own.workspace, member));
  expect(msSinceEvents()).toBeLessThanOrEqual(performance.now() - began);
});
