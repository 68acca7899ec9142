import { expect, it } from "vitest";
import type { JourneyId, MemberId } from "@/core/ids";
import { dayOf } from "@/core/time/day";
import { peek, sql } from "@/platform/db";
import { ask } from "@/services/journeys/watching/why-not-harness";
import { database } from "@/tests/harness/database";
import { members, runsOf } from "@/tests/harness/journey";
import { published, republish, workAll } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { enterDue } from "./enter-due";

await database();
const DAY = 86_400_000;
const ZONE = "Asia/Shanghai";
const inDays = (days: number) => dayOf(Date.now() + days * DAY, ZONE).slice(4);

const drawing = (kind: string, config: object) => ({
  name: kind,
  entry: "t",
  nodes: [
    { id: "t", kind, config: { when: { all: [] }, ...config } },
    { id: "wait", kind: "delay", config: { for: "P1D" } },
  ],
  edges: [{ from: "t", port: "next", to: "wait" }],
  settings: { reentry: { is: "always" } },
});
const birthday = drawing("on-date", {
  date: "member.birthday",
  returns: "yearly",
  days: 0,
  time: "10:00",
  leapDay: "feb28",
});
const born = (member: MemberId, days: number) =>
  peek(sql`UPDATE member SET birthday = ${`1990${inDays(days)}`}::date WHERE id = ${member}`);
const one = async (own: Shop): Promise<MemberId> => ((await members(own, 1)) as [MemberId])[0];
const dues = (journey: JourneyId) =>
  peek<{ at: Date; done: string | null }>(sql`SELECT at, done FROM due WHERE journey_id = ${journey}`);

it("tells of a date that came while the journey was paused, more than a day ago", async () => {
  const own = await shop();
  const member = await one(own);
  await born(member, 5);
  const { id: journey, shard } = await published(own, birthday);
  await workAll(own.workspace);
  // Eight days later: the birthday was three days ago, and the row still waits for it.
  await born(member, -3);
  await peek(
    sql`UPDATE due SET at = now() - interval '100 hours', day = ${`1990${inDays(-3)}`}::date WHERE journey_id = ${journey}`,
  );
  while ((await enterDue(shard)) === "moved");
  expect(await runsOf(journey)).toEqual([]);
  const { verdict, considered } = await ask(own, journey, member);
  expect(verdict).toBe("turned_away");
  expect(considered.map(({ outcome }) => outcome)).toContain("overdue");
});

it("tells of no date that was past before it was waited for", async () => {
  const own = await shop();
  const member = await one(own);
  await born(member, -10);
  const { id: journey, shard } = await published(own, birthday);
  await workAll(own.workspace);
  await peek(sql`UPDATE due SET at = now() - interval '1 second' WHERE journey_id = ${journey}`);
  while ((await enterDue(shard)) === "moved");
  expect(await peek(sql`SELECT reason FROM turned_away WHERE journey_id = ${journey}`)).toEqual([]);
});

it("gives a birthday to one who had what the journey was for before it was about birthdays", async () => {
  const own = await shop();
  const member = await one(own);
  await born(member, 5);
  const { id: journey } = await published(own, drawing("on-member-day", { day: 15, time: "10:00" }));
  await workAll(own.workspace);
  await peek(sql`UPDATE due SET done = '2099-12' WHERE journey_id = ${journey}`);
  await republish(own, journey, birthday);
  await workAll(own.workspace);
  const [due] = await dues(journey);
  expect(due?.done).toBeNull();
  expect(due?.at.getTime()).toBeLessThan(Date.now() + 6 * DAY);
});

it("gives no second birthday because the hour was changed", async () => {
  const own = await shop();
  const member = await one(own);
  await born(member, 5);
  const { id: journey } = await published(own, birthday);
  await workAll(own.workspace);
  const year = dayOf(Date.now() + 5 * DAY, ZONE).slice(0, 4);
  await peek(sql`UPDATE due SET done = ${year} WHERE journey_id = ${journey}`);
  const [trigger, ...rest] = birthday.nodes;
  await republish(own, journey, {
    ...birthday,
    nodes: [{ ...trigger, config: { ...trigger?.config, time: "11:00" } }, ...rest],
  });
  await workAll(own.workspace);
  expect((await dues(journey))[0]).toMatchObject({ done: year });
});
