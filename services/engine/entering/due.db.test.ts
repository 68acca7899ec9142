import { expect, it } from "vitest";
import type { JobId, JourneyId, MemberId } from "@/core/ids";
import { daysBetween } from "@/core/time/calendar";
import { dayOf } from "@/core/time/day";
import { type HolidayId, holidayIn } from "@/core/time/holidays";
import { atLocal } from "@/core/time/local-time";
import { dayOfLunar } from "@/core/time/lunar";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, members, runsOf } from "@/tests/harness/journey";
import { value } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { createJourney } from "../../journeys/drafting/create";
import { publishJourney } from "../../journeys/publishing/publish";
import { whyNot } from "../../journeys/watching/why-not";
import { workOn } from "../jobs/work";
import { enterDue } from "./enter-due";

await database({ max: 20 });

const DAY = 86_400_000;
const draft = (kind: string, config: object, settings: object = {}) => ({
  name: kind,
  entry: "t",
  nodes: [
    { id: "t", kind, config },
    { id: "wait", kind: "delay", config: { for: "P10D" } },
  ],
  edges: [{ from: "t", port: "next", to: "wait" }],
  settings: { reentry: { is: "always" }, ...settings },
});
const silent = { of: "visit", days: 30, when: { all: [] } };

async function published(own: Shop, document: object): Promise<JourneyId> {
  const made = await call(createJourney, own.actor(), { document });
  if (!made.ok) throw new Error(made.detail);
  const done = await call(publishJourney, own.actor(), { journey: made.value.id });
  if (!done.ok) throw new Error(done.detail);
  await enrolAll(own);
  return made.value.id as JourneyId;
}
const journeyOn = (holiday: HolidayId, days: number, time = "10:00") =>
  draft("on-holiday", { holiday, days, time, when: { all: [] } });
const lunarBirthday = draft("on-date", {
  date: "member.birthday",
  returns: "lunar",
  days: 0,
  time: "10:00",
  leapDay: "feb28",
  when: { all: [] },
});
const enrolAll = async ({ workspace }: Shop) => {
  const jobs = await peek<{ id: JobId }>(
    sql`SELECT id FROM job WHERE workspace_id = ${workspace} AND kind = 'enrol' AND state = 'running'`,
  );
  for (const { id } of jobs) while ((await workOn(workspace, id)) === "moved");
};
const enterAll = async (own: Shop, journey: JourneyId) => {
  while ((await enterDue({ workspace: own.workspace, journey, shard: 0 })) === "moved");
};
const due = (journey: JourneyId) =>
  peek<{ member: MemberId; at: Date | null }>(
    sql`SELECT member_id AS member, at FROM due WHERE journey_id = ${journey} ORDER BY member_id`,
  );
const one = async (own: Shop): Promise<MemberId> => {
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  return member;
};
const lastVisit = (member: MemberId, daysAgo: number) =>
  peek(
    sql`UPDATE member SET last_visit_at = now() - ${`${daysAgo} days`}::interval, last_seen_at = now() WHERE id = ${member}`,
  );

it("lets in who has not come for thirty days, once a spell, and out at the next visit", async () => {
  const own = await shop();
  const member = await one(own);
  await lastVisit(member, 10);
  const journey = await published(own, draft("on-inactivity", silent));
  await enterAll(own, journey);
  expect(await runsOf(journey)).toEqual([]);
  await lastVisit(member, 31);
  await peek(sql`UPDATE due SET at = now() - interval '1 second' WHERE journey_id = ${journey}`);
  await enterAll(own, journey);
  await enterAll(own, journey);
  await conductAll({ workspace: own.workspace, journey, shard: 0 });
  expect((await runsOf(journey)).map(({ state }) => state)).toEqual(["parked"]);
  expect(await due(journey)).toEqual([{ member, at: null }]);
  // A purchase online is no visit.
  await accept(own, [{ member, event: event("order_paid", { amount: 100, channel: "online" }) }]);
  await dispatchAll();
  expect((await runsOf(journey))[0]?.state).toBe("parked");
  await accept(own, [{ member, event: event("check_in") }]);
  await dispatchAll();
  expect((await runsOf(journey))[0]?.state).toBe("exited");
  const [next] = await due(journey);
  expect(next?.at?.getTime()).toBeGreaterThan(Date.now() + 29 * DAY);
});

it("writes nothing for a member who keeps coming, and looks again when the old instant comes", async () => {
  const own = await shop();
  const member = await one(own);
  await lastVisit(member, 10);
  const journey = await published(own, draft("on-inactivity", silent));
  const before = await due(journey);
  await accept(own, [{ member, event: event("check_in") }]);
  await dispatchAll();
  expect(await due(journey)).toEqual(before);
  await peek(sql`UPDATE due SET at = now() - interval '1 second' WHERE journey_id = ${journey}`);
  await enterAll(own, journey);
  expect(await runsOf(journey)).toEqual([]);
  expect((await due(journey))[0]?.at?.getTime()).toBeGreaterThan(Date.now() + 29 * DAY);
});

it.each([
  ["now", { is: "now" }, 20],
  ["not at all", { is: "none" }, 0],
])("lets those who were silent before it was published in: %s", async (_name, existing, count) => {
  const own = await shop();
  const all = await members(own, 20);
  for (const member of all) await lastVisit(member, 100);
  const journey = await published(own, draft("on-inactivity", silent, { existing }));
  await enterAll(own, journey);
  expect(await runsOf(journey)).toHaveLength(count);
  // A word of theirs that is no visit changes nothing.
  await accept(
    own,
    all.map((member) => ({ member, event: event("page_viewed") })),
  );
  await dispatchAll();
  await enterAll(own, journey);
  expect(await runsOf(journey)).toHaveLength(count);
  if (count > 0) return;
  // Why: not that it was counted, which it never was.
  const { says } = value(await call(whyNot, own.actor(), { journey, member: all[0] }));
  expect(says.en).toMatch(/^Last visit: .*These 30 days were over already when the journey was published/);
  expect(says["zh-CN"]).toContain("旅程发布时这 30 天已满");
});

it("spreads those who were silent before over days", async () => {
  const own = await shop();
  const all = await members(own, 50);
  for (const member of all) await lastVisit(member, 100);
  const journey = await published(own, draft("on-inactivity", silent, { existing: { is: "spread", days: 10 } }));
  const at = (await due(journey)).map((row) => (row.at?.getTime() ?? 0) - Date.now());
  expect(at).toHaveLength(50);
  expect(Math.min(...at)).toBeLessThan(3 * DAY);
  expect(Math.max(...at)).toBeGreaterThan(7 * DAY);
  expect(Math.max(...at)).toBeLessThanOrEqual(10 * DAY);
});

it("goes on enrolling where it was stopped, and leaves members to it whom it has not come to", async () => {
  const own = await shop();
  const all = (await members(own, 3)).sort();
  for (const member of all) await lastVisit(member, 100);
  const made = await call(createJourney, own.actor(), { document: draft("on-inactivity", silent) });
  if (!made.ok) throw new Error(made.detail);
  await call(publishJourney, own.actor(), { journey: made.value.id });
  await accept(
    own,
    all.map((member) => ({ member, event: event("page_viewed") })),
  );
  await dispatchAll();
  expect(await due(made.value.id as JourneyId)).toEqual([]);
  await enrolAll(own);
  await enterAll(own, made.value.id as JourneyId);
  expect(await runsOf(made.value.id as JourneyId)).toEqual([]);
});

it("lets in at once who joins while a publish is enrolling, before their day and after its instant, and nobody who was there before", async () => {
  const own = await shop();
  const before = await one(own);
  const soon = new Date(Date.now() + DAY + 8 * 3_600_000).toISOString().slice(5, 10);
  const birthday = `1992-${soon === "02-29" ? "03-01" : soon}`;
  await peek(sql`UPDATE member SET birthday = ${birthday}, joined_at = now() - interval '1 day' WHERE id = ${before}`);
  const config = { date: "member.birthday", returns: "yearly", days: -3, time: "10:00", leapDay: "feb28" };
  const made = await call(createJourney, own.actor(), {
    document: draft("on-date", { ...config, when: { all: [] } }, { existing: { is: "none" } }),
  });
  if (!made.ok) throw new Error(made.detail);
  const journey = made.value.id as JourneyId;
  await call(publishJourney, own.actor(), { journey });
  const [met, unmet] = [await one(own), await one(own)];
  await peek(sql`UPDATE member SET joined_at = now() WHERE id IN (${met}, ${unmet})`);
  const told = { ...event("identified"), type: "identify" as const, traits: { birthday } };
  await accept(own, [{ member: met, event: told }]);
  await dispatchAll();
  expect((await due(journey)).map(({ at }) => at !== null)).toEqual([true]);
  await peek(sql`UPDATE member SET birthday = ${birthday} WHERE id = ${unmet}`);
  await enrolAll(own);
  await enterAll(own, journey);
  const entered = (await runsOf(journey)).map(({ member }) => member);
  expect(entered.sort()).toEqual([met, unmet].sort());
  await enterAll(own, journey);
  expect(await runsOf(journey)).toHaveLength(2);
});

it("lets a birthday in once, with its date, and only those for whom the condition holds", async () => {
  const own = await shop();
  const [gold, basic] = await members(own, 2);
  if (!gold || !basic) throw new Error("no members");
  await peek(
    sql`UPDATE member SET birthday = '1990-05-20', last_seen_at = now() WHERE workspace_id = ${own.workspace}`,
  );
  await peek(sql`UPDATE member SET tier = 'gold' WHERE id = ${gold}`);
  const journey = await published(
    own,
    draft("on-date", {
      date: "member.birthday",
      returns: "yearly",
      days: 0,
      // Whatever the hour of the test, today's instant is past.
      time: "00:00",
      leapDay: "feb28",
      when: { field: "member.tier", is: "eq", value: "gold" },
    }),
  );
  const rows = await due(journey);
  expect(rows).toHaveLength(2);
  expect(rows[0]?.at?.toISOString()).toMatch(/-05-19T16:00:00.000Z$/);
  // The clock comes to today: as if their birthday were now.
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(5, 10);
  await peek(
    sql`UPDATE member SET birthday = ${`1990-${today === "02-29" ? "02-28" : today}`}::date WHERE workspace_id = ${own.workspace}`,
  );
  await peek(sql`UPDATE due SET at = now() - interval '1 second', day = NULL WHERE journey_id = ${journey}`);
  await enterAll(own, journey);
  await enterAll(own, journey);
  expect((await runsOf(journey)).map(({ member }) => member)).toEqual([gold]);
  for (const row of await due(journey)) expect(row.at?.getTime()).toBeGreaterThan(Date.now() + 300 * DAY);
});

it("lets everybody in on a holiday once a year, and by a lunar birthday on that day of the Chinese calendar", async () => {
  const own = await shop();
  const all = (await members(own, 2)).sort();
  await peek(sql`UPDATE member SET birthday = '1990-05-20' WHERE workspace_id = ${own.workspace}`);
  const [first, second] = [journeyOn("mid_autumn", 0), await published(own, lunarBirthday)];
  const firstAfter = (dayIn: (year: number) => string | null): number =>
    [0, 1, 2]
      .map((more) => atLocal(dayIn(new Date().getUTCFullYear() - 1 + more) ?? "", "10:00", "Asia/Shanghai"))
      .find((at) => at > Date.now()) ?? Number.NaN;
  const dates = async (journey: JourneyId) => (await due(journey)).map(({ at }) => at?.getTime());
  const autumn = firstAfter((year) => holidayIn("mid_autumn", year));
  expect(await dates(await published(own, first))).toEqual([autumn, autumn]);
  const birthday = firstAfter((year) => dayOfLunar(year, 4, 26));
  expect(await dates(second)).toEqual([birthday, birthday]);

  // So many days before New Year that it is today.
  const today = dayOf(Date.now(), "Asia/Shanghai");
  const days = daysBetween(`${Number(today.slice(0, 4)) + 1}-01-01`, today);
  // Published after the instant, which is passed then: as if it came now.
  const journey = await published(own, journeyOn("new_year", Math.max(days, -365), "00:00"));
  await peek(sql`UPDATE due SET at = now() - interval '1 second', done = NULL WHERE journey_id = ${journey}`);
  await enterAll(own, journey);
  await enterAll(own, journey);
  expect((await runsOf(journey)).map(({ member }) => member).sort()).toEqual(all);
  for (const row of await due(journey)) expect(row.at?.getTime()).toBeGreaterThan(Date.now() + 300 * DAY);
});

it("keeps a due row when a member tells their birthday, and nobody enters a paused journey", async () => {
  const own = await shop();
  const member = await one(own);
  const journey = await published(
    own,
    draft("on-date", {
      date: "member.birthday",
      returns: "yearly",
      days: -3,
      time: "10:00",
      leapDay: "feb28",
      when: { all: [] },
    }),
  );
  expect(await due(journey)).toEqual([]);
  const soon = new Date(Date.now() + DAY + 8 * 3_600_000).toISOString().slice(5, 10);
  await accept(own, [
    {
      member,
      event: {
        ...event("identified"),
        type: "identify",
        traits: { birthday: `1992-${soon === "02-29" ? "03-01" : soon}` },
      },
    },
  ]);
  await dispatchAll();
  // Told late, but before the day: at once.
  expect((await due(journey))[0]?.at?.getTime()).toBeLessThanOrEqual(Date.now());
  await peek(sql`UPDATE journey SET state = 'paused' WHERE id = ${journey}`);
  await enterAll(own, journey);
  expect(await runsOf(journey)).toEqual([]);
  await peek(sql`UPDATE journey SET state = 'live' WHERE id = ${journey}`);
  await enterAll(own, journey);
  expect(await runsOf(journey)).toHaveLength(1);
});

it("lets two workers at one page let each member in once", async () => {
  const own = await shop();
  const all = await members(own, 40);
  for (const member of all) await lastVisit(member, 100);
  const journey = await published(own, draft("on-inactivity", silent, { existing: { is: "now" } }));
  const shard = { workspace: own.workspace, journey, shard: 0 };
  await Promise.all([enterDue(shard), enterDue(shard), enterDue(shard)]);
  await enterAll(own, journey);
  expect(await runsOf(journey)).toHaveLength(40);
});
