import { expect, it } from "vitest";
import type { InboxEvent } from "@/core/events/inbox-event";
import type { JourneyId, MemberId } from "@/core/ids";
import { dayOf, dayPlus } from "@/core/time/day";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { createSegment } from "@/services/segments/segments";
import { segmentsTurn } from "@/services/segments/turn";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { line } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { createJourney } from "../../journeys/drafting/create";
import { publishJourney } from "../../journeys/publishing/publish";
import { memberVerdicts } from "../../journeys/watching/verdicts";
import { ask } from "../../journeys/watching/why-not-harness";
import { enterDue } from "./enter-due";

await database();

const DAY = 86_400_000;
const draft = (kind: string, config: object) => ({
  name: kind,
  entry: "t",
  nodes: [
    { id: "t", kind, config },
    { id: "wait", kind: "delay", config: { for: "P10D" } },
  ],
  edges: [{ from: "t", port: "next", to: "wait" }],
  settings: { reentry: { is: "always" } },
});
const silent = draft("on-inactivity", { of: "visit", days: 30, when: { all: [] } });
const beforeBirthday = draft("on-date", {
  date: "member.birthday",
  returns: "yearly",
  days: -3,
  time: "00:01",
  leapDay: "feb28",
  when: { all: [] },
});

/** Live before its members come; whose enrolment has nobody to come to. */
async function published(own: Shop, document: object): Promise<JourneyId> {
  const made = await call(createJourney, own.actor(), { document });
  if (!made.ok) throw new Error(made.detail);
  const done = await call(publishJourney, own.actor(), { journey: made.value.id });
  if (!done.ok) throw new Error(done.detail);
  await peek(sql`UPDATE job SET state = 'done' WHERE workspace_id = ${own.workspace} AND kind = 'enrol'`);
  return made.value.id as JourneyId;
}
const one = async (own: Shop): Promise<MemberId> => {
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  return member;
};
const tell = async (member: MemberId, own: Shop, ...told: InboxEvent[]) => {
  await accept(
    own,
    told.map((event) => ({ member, event })),
  );
  await dispatchAll();
};
const entered = async (own: Shop, journey: JourneyId) => {
  while ((await enterDue({ workspace: own.workspace, journey, shard: 0 })) === "moved");
  return (await runsOf(journey)).length;
};
const dueOf = async (journey: JourneyId) =>
  (await peek<{ at: Date | null }>(sql`SELECT at FROM due WHERE journey_id = ${journey}`))[0]?.at ?? null;
const daysAhead = async (journey: JourneyId) => {
  const at = await dueOf(journey);
  return at === null ? null : Math.round((at.getTime() - Date.now()) / DAY);
};
/** Says that it happened so many days ago: marked as historical, or only late. */
const kinds = [
  ["marked historical", (days: number) => ({ occurredAt: Date.now() - days * DAY, isHistorical: true })],
  ["over a day late", (days: number) => ({ occurredAt: Date.now() - days * DAY })],
] as const;
const birthday = (days: number, at: Parameters<typeof event>[2] = {}): InboxEvent => ({
  ...event("identified", {}, at),
  type: "identify",
  traits: { birthday: `1990-${dayPlus(dayOf(Date.now(), "Asia/Shanghai"), days).slice(5)}` },
});

it.each(kinds)("lets nobody in for a silence that was over before an event %s told of it", async (_, ago) => {
  const own = await shop();
  const journey = await published(own, silent);
  const member = await one(own);
  await tell(member, own, event("store_visit", {}, ago(45)));
  expect([await entered(own, journey), await dueOf(journey)]).toEqual([0, null]);
  // Nor for what is told later of before it.
  await tell(member, own, event("store_visit", {}, ago(40)), event("page_viewed"));
  expect([await entered(own, journey), await dueOf(journey)]).toEqual([0, null]);
  await tell(member, own, event("store_visit"));
  expect([await entered(own, journey), await daysAhead(journey)]).toEqual([0, 30]);
});

it.each(kinds)("goes on counting a silence that is not over, of which an event %s told", async (_, ago) => {
  const own = await shop();
  const journey = await published(own, silent);
  const member = await one(own);
  await tell(member, own, event("store_visit", {}, ago(20)));
  expect([await entered(own, journey), await daysAhead(journey)]).toEqual([0, 10]);
  await peek(sql`UPDATE member SET last_visit_at = last_visit_at - interval '10 days' WHERE id = ${member}`);
  await peek(sql`UPDATE due SET at = now() - interval '1 second' WHERE journey_id = ${journey}`);
  expect(await entered(own, journey)).toBe(1);
});

it("lets in whose silence was over before the past was told of, though the clock has not come to them", async () => {
  const own = await shop();
  const journey = await published(own, silent);
  const member = await one(own);
  await tell(member, own, event("store_visit"));
  await peek(sql`UPDATE member SET last_visit_at = now() - interval '30 days' WHERE id = ${member}`);
  await peek(sql`UPDATE due SET at = now() - interval '1 second' WHERE journey_id = ${journey}`);
  await tell(member, own, event("store_visit", {}, { occurredAt: Date.now() - 45 * DAY, isHistorical: true }));
  expect(await entered(own, journey)).toBe(1);
});

it.each(kinds)(
  "lets nobody in before a birthday whose day to enter was past when an event %s told it",
  async (_, ago) => {
    const own = await shop();
    const journey = await published(own, beforeBirthday);
    const member = await one(own);
    await tell(member, own, birthday(2, ago(2)));
    expect([await entered(own, journey), (await dueOf(journey))?.getTime()]).toEqual([0, expect.any(Number)]);
    expect(await daysAhead(journey)).toBeGreaterThan(360);
  },
);

it("lets in before a birthday told now, and before one that is told of the past and comes later", async () => {
  const own = await shop();
  const [now, later] = [await published(own, beforeBirthday), await published(own, beforeBirthday)];
  const told = await one(own);
  await tell(told, own, birthday(2));
  expect(await entered(own, now)).toBe(1);
  await peek(sql`DELETE FROM due WHERE workspace_id = ${own.workspace}`);
  const imported = await one(own);
  await tell(imported, own, birthday(30, { isHistorical: true }));
  expect(await entered(own, later)).toBe(0);
  expect(Math.abs(((await daysAhead(later)) ?? 0) - 27)).toBeLessThanOrEqual(1);
});

it.each([
  [
    "a silence",
    silent,
    (at: object) => event("store_visit", {}, at),
    "These 30 days were over already",
    "这 30 天已满",
  ],
  ["a date", beforeBirthday, (at: object) => birthday(2, at), "The last time was over already", "上一次已经过去"],
] as const)(
  "says why %s that was past as an event of the past told of it let nobody in",
  async (_, document, told, en, zh) => {
    const own = await shop();
    const journey = await published(own, document);
    await peek(sql`UPDATE plan SET published_at = now() - interval '40 days' WHERE journey_id = ${journey}`);
    const member = await one(own);
    await tell(member, own, told({ occurredAt: Date.now() - 45 * DAY, isHistorical: true }));
    expect(await entered(own, journey)).toBe(0);
    const { verdict, says, considered } = await ask(own, journey, member);
    const came = considered.filter((line) => line.event !== null);
    expect([verdict, came]).toMatchObject(["held_back", [{ outcome: "of_the_past", findings: [] }]]);
    expect(says.en).toContain(en);
    expect(says["zh-CN"]).toContain(zh);
    const all = await call(memberVerdicts, own.actor(), { member });
    expect(all.ok && all.value.items).toMatchObject([{ verdict, says }]);
  },
);

async function spenders(own: Shop) {
  const rule = { field: "member.spent", is: "gte", value: 10_000 } as const;
  const made = await call(createSegment, own.actor(), { name: "Spenders", rule });
  if (!made.ok) throw new Error(made.detail);
  while ((await segmentsTurn(own.workspace)) === "moved");
  const on = (change: "entered" | "left") =>
    liveJourney(own, draft("on-segment", { segment: made.value.id, change, when: { all: [] } }));
  const count = async () =>
    (
      await peek(
        sql`SELECT 1 FROM segment_member WHERE workspace_id = ${own.workspace} AND segment_id = ${made.value.id} AND is_in`,
      )
    ).length;
  return { on, count };
}
const order = (amount: number, at: Parameters<typeof event>[2] = {}) =>
  event("order_paid", { amount, order_id: `o${Math.random()}` }, at);

it.each(kinds)(
  "takes members into segments and out by events %s, and begins and ends nothing by that",
  async (_, ago) => {
    const own = await shop();
    const segment = await spenders(own);
    const [entering, leaving] = [await segment.on("entered"), await segment.on("left")];
    const waiting = await liveJourney(own, {
      ...line([[{ id: "wait", kind: "delay", config: { for: "P10D" } }, "next"]], { event: "began" }),
      exits: [{ on: "segment_entered", when: { all: [] } }],
    });
    const member = await one(own);
    await tell(member, own, event("began"));
    await tell(member, own, order(20_000, ago(2)));
    expect([await segment.count(), await runsOf(entering.id)]).toEqual([1, []]);
    expect((await runsOf(waiting.id)).map(({ state }) => state)).toEqual(["parked"]);
    await tell(member, own, event("order_refunded", { amount: 15_000 }, ago(2)));
    expect([await segment.count(), await runsOf(leaving.id)]).toEqual([0, []]);
    await tell(member, own, order(20_000));
    expect([await segment.count(), (await runsOf(entering.id)).length]).toEqual([1, 1]);
    expect((await runsOf(waiting.id)).map(({ state }) => state)).toEqual(["exited"]);
  },
);

it("tells what happens now from what is told of the past, also where both are taken at once", async () => {
  const own = await shop();
  const segment = await spenders(own);
  const entering = await segment.on("entered");
  const past = { isHistorical: true };
  const [first, second] = (await members(own, 2)) as [MemberId, MemberId];
  await accept(own, [
    ...[order(9_000, past), order(9_000)].map((event) => ({ member: first, event })),
    ...[order(9_000), order(9_000, past), event("page_viewed")].map((event) => ({ member: second, event })),
  ]);
  await dispatchAll();
  expect([await segment.count(), (await runsOf(entering.id)).map(({ member }) => member)]).toEqual([2, [first]]);
});

it("lets a member out of a segment by the clock, which no event told of the past does", async () => {
  const own = await shop();
  const rule = { field: "member.last_order_at", is: "within_days", value: 30 } as const;
  const made = await call(createSegment, own.actor(), { name: "Buyers", rule });
  if (!made.ok) throw new Error(made.detail);
  while ((await segmentsTurn(own.workspace)) === "moved");
  const journey = await liveJourney(own, {
    ...draft("on-segment", { segment: made.value.id, change: "left", when: { all: [] } }),
  });
  const member = await one(own);
  await tell(member, own, order(100, { occurredAt: Date.now() - 20 * DAY, isHistorical: true }));
  await peek(sql`UPDATE member SET last_order_at = last_order_at - interval '11 days' WHERE id = ${member}`);
  await peek(sql`UPDATE segment_member SET next_at = now() WHERE workspace_id = ${own.workspace}`);
  while ((await segmentsTurn(own.workspace)) === "moved");
  await dispatchAll();
  expect(await runsOf(journey.id)).toHaveLength(1);
});
