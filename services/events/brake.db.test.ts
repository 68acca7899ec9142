import pg from "pg";
import { expect, it } from "vitest";
import { peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { line, tagged } from "@/tests/harness/line";
import { shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { judged, mayBury } from "./brake";

await database();

it("keeps the events that our code cannot judge, each member's in order, and acts on them when it can", async () => {
  const own = await shop();
  const { id } = await liveJourney(own, line([tagged("tag", "came")], { event: "store_visit" }));
  const all = await members(own, 60);
  await accept(
    own,
    all.flatMap((member) => [
      // Stands for a release that cannot read what the last one wrote.
      { member, event: { ...event("store_visit"), occurredAt: "today" as never } },
      { member, event: event("page_viewed", { path: "/" }) },
    ]),
  );
  await dispatchAll();
  const count = async () =>
    (
      await peek<{ letters: number; waiting: number; members: number }>(sql`
      SELECT (SELECT count(*)::int FROM dead_letter WHERE workspace_id = ${own.workspace}) AS letters,
        (SELECT count(*)::int FROM inbox WHERE workspace_id = ${own.workspace}) AS waiting,
        (SELECT count(DISTINCT member_id)::int FROM inbox WHERE workspace_id = ${own.workspace}) AS members`)
    )[0];
  expect(await count()).toEqual({ letters: 21, waiting: 78, members: 39 });
  await peek(sql`
    UPDATE inbox SET event = jsonb_set(event, '{occurredAt}', event -> 'acceptedAt') WHERE workspace_id = ${own.workspace}`);
  await until(
    async () => {
      await dispatchAll();
      return (await count())?.waiting === 0;
    },
    { what: "all of them acted on" },
  );
  expect(await runsOf(id)).toHaveLength(39);
  expect(
    await peek(
      sql`SELECT sum(count)::int AS views FROM fact WHERE workspace_id = ${own.workspace} AND name = 'page_viewed'`,
    ),
  ).toEqual([{ views: 60 }]);
});

const MINUTE = 60_000;
/** A process long after whatever was judged before. */
let clock = performance.now() + 1_000 * MINUTE;
const bug = new TypeError("x is not a function");
const badData = Object.assign(new pg.DatabaseError("out of range", 1, "error"), { code: "22003" });
/** How many of so many may be buried, one after another. */
const buried = (count: number, error: unknown): number =>
  Array.from({ length: count }).filter(() => mayBury(error, clock)).length;

it.each<[string, { good: number; bad: number; error: unknown; buried: number }]>([
  ["bad data is set aside, however much of it there is", { good: 0, bad: 500, error: badData, buried: 500 }],
  ["of what our code cannot do only a few", { good: 0, bad: 500, error: bug, buried: 21 }],
  ["more, among many that can be judged", { good: 1_000, bad: 500, error: bug, buried: 201 }],
  ["whatever was thrown", { good: 10, bad: 30, error: "odd", buried: 21 }],
])("%s", (_what, { good, bad, error, buried: wanted }) => {
  clock += 1_000 * MINUTE;
  judged(good, clock);
  expect(buried(bad, error)).toBe(wanted);
});

it("lets go as time passes, so that no event stands in the way for ever", () => {
  clock += 1_000 * MINUTE;
  expect([buried(100, bug), buried(100, bug)]).toEqual([21, 0]);
  clock += MINUTE;
  expect([buried(100, bug), buried(100, bug)]).toEqual([10, 0]);
});
