import { expect, it } from "vitest";
import type { InboxEvent } from "@/core/events/inbox-event";
import type { JourneyId, MemberId } from "@/core/ids";
import { engine, json, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { bury } from "@/services/events/bury";
import { getRun } from "@/services/runs/get";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { memberVerdicts } from "./verdicts";
import { type WhyNot, whyNot } from "./why-not";

await database();

const bigOrder = (settings: object = {}) => ({
  name: "Big order",
  entry: "paid",
  nodes: [
    {
      id: "paid",
      kind: "on-event",
      config: {
        event: "order_paid",
        when: {
          all: [
            { field: "event.amount", is: "gte", value: 10_000 },
            { field: "member.tier", is: "eq", value: "gold" },
          ],
        },
      },
    },
    { id: "wait", kind: "delay", config: { for: "P1D" } },
  ],
  edges: [{ from: "paid", port: "next", to: "wait" }],
  settings,
});

/** As ingest leaves it: the event's row, and its inbox row. */
async function happened(own: Shop, member: MemberId, what: InboxEvent): Promise<InboxEvent> {
  await keep(own, member, what);
  await accept(own, [{ member, event: what }]);
  await dispatchAll();
  return what;
}
const keep = (own: Shop, member: MemberId, what: InboxEvent): Promise<number> =>
  engine((tx) =>
    tx.run(sql`
      INSERT INTO event (workspace_id, id, member_id, message_id, type, name, properties, occurred_at, accepted_at, is_historical)
      VALUES (${own.workspace}, ${what.id}, ${member}, ${what.messageId}, ${what.type}, ${what.name}, ${json(what.properties)},
        ${new Date(what.occurredAt)}, ${new Date(what.acceptedAt)}, ${what.isHistorical})`),
  );

async function ask(own: Shop, journey: JourneyId, member: MemberId, of?: string): Promise<WhyNot> {
  const answer = await call(whyNot, own.actor(), { journey, member, ...(of && { event: of }) });
  if (!answer.ok) throw new Error(answer.detail ?? answer.reason);
  return answer.value;
}

async function scene(settings?: object) {
  const own = await shop();
  const journey = await liveJourney(own, bigOrder(settings));
  const [gold] = await members(own, 1, { tier: "gold" });
  if (!gold) throw new Error("no member");
  return { own, journey, gold };
}
const paid = (amount: number, at = {}): InboxEvent => event("order_paid", { amount }, at);

it("says that nothing happened that starts the journey", async () => {
  const { own, journey, gold } = await scene();
  expect(await ask(own, journey.id, gold)).toMatchObject({ verdict: "never_happened", considered: [], runs: [] });
});

it("shows leaf by leaf which condition an event missed", async () => {
  const { own, journey, gold } = await scene();
  await happened(own, gold, paid(9_900));
  const { verdict, considered } = await ask(own, journey.id, gold);
  expect(verdict).toBe("held_back");
  expect(considered).toHaveLength(1);
  expect(considered[0]).toMatchObject({ outcome: "rule_false", event: { name: "order_paid" } });
  expect(considered[0]?.findings.map(({ held }) => held)).toEqual([false, true]);
  expect(considered[0]?.findings[0]?.found.en).toContain("99");
});

it("names the run that an event started, and the re-entry rule that turned the next one away", async () => {
  const { own, journey, gold } = await scene({ reentry: { is: "once" } });
  const first = await happened(own, gold, paid(12_000));
  expect((await ask(own, journey.id, gold)).verdict).toBe("entered");
  const second = await happened(own, gold, paid(13_000));
  await conductAll(journey.shard);
  const { verdict, considered, runs } = await ask(own, journey.id, gold);
  expect(verdict).toBe("turned_away");
  expect(runs).toHaveLength(1);
  expect(considered.find((one) => one.event?.id === first.id)).toMatchObject({ outcome: "entered", run: runs[0]?.id });
  expect(considered.find((one) => one.event?.id === second.id)).toMatchObject({ outcome: "re_entry" });
  expect((await ask(own, journey.id, gold, first.id)).verdict).toBe("entered");
  expect((await ask(own, journey.id, gold, second.id)).verdict).toBe("turned_away");
});

it("tells the entry limit from the re-entry rule", async () => {
  const { own, journey, gold } = await scene({ reentry: { is: "always" }, limits: { perMember: 1 } });
  await happened(own, gold, paid(12_000));
  const second = await happened(own, gold, paid(13_000));
  const { considered } = await ask(own, journey.id, gold, second.id);
  expect(considered).toMatchObject([{ outcome: "limit_member" }]);
});

it("answers with what came last, be it the entry or the turning away", async () => {
  const { own, journey, gold } = await scene({ reentry: { is: "always" }, limits: { perMember: 1 } });
  const both = async () => {
    const all = await call(memberVerdicts, own.actor(), { member: gold });
    if (!all.ok) throw new Error(all.reason);
    return [(await ask(own, journey.id, gold)).verdict, all.value.items[0]?.verdict, all.value.items[0]?.at];
  };
  const soon = () => expect.toSatisfy((at: Date) => Date.now() - at.getTime() < 60_000);
  await happened(own, gold, paid(12_000));
  await engine((tx) =>
    tx.run(sql`UPDATE run SET entered_at = now() - interval '3 years' WHERE workspace_id = ${own.workspace}`),
  );
  await happened(own, gold, paid(12_000));
  expect(await both()).toEqual(["turned_away", "turned_away", soon()]);
  await engine((tx) =>
    tx.run(sql`UPDATE turned_away SET at = now() - interval '2 days' WHERE workspace_id = ${own.workspace}`),
  );
  await engine((tx) => tx.run(sql`UPDATE run SET entered_at = now() WHERE workspace_id = ${own.workspace}`));
  expect(await both()).toEqual(["entered", "entered", soon()]);
});

it("tells a paused journey, and events that were historical or late", async () => {
  const { own, journey, gold } = await scene();
  const old = await happened(own, gold, paid(12_000, { occurredAt: Date.now() - 25 * 3_600_000 }));
  const past = await happened(own, gold, paid(12_000, { isHistorical: true }));
  await engine((tx) =>
    tx.run(sql`UPDATE journey SET state = 'paused' WHERE workspace_id = ${own.workspace} AND id = ${journey.id}`),
  );
  const during = await happened(own, gold, paid(12_000));
  const { considered, verdict } = await ask(own, journey.id, gold);
  const outcomes = new Map(considered.map((one) => [one.event?.id, one.outcome]));
  expect(outcomes.get(old.id)).toBe("late");
  expect(outcomes.get(past.id)).toBe("historical");
  expect(outcomes.get(during.id)).toBe("paused");
  expect(verdict).toBe("turned_away");
});

it("tells an event that waits, one that was buried, one before the journey, and one that starts something else", async () => {
  const { own, journey, gold } = await scene();
  const waiting = paid(12_000);
  await keep(own, gold, waiting);
  await accept(own, [{ member: gold, event: waiting }]);
  const buried = paid(12_000);
  await keep(own, gold, buried);
  await engine((tx) => bury(tx, own.workspace, { kind: "event", reason: "broken", member: gold, payload: buried }));
  const before = paid(12_000, { acceptedAt: Date.now() - 3_600_000, occurredAt: Date.now() - 3_600_000 });
  await keep(own, gold, before);
  const other = event("store_visit");
  await keep(own, gold, other);
  const outcomes = new Map((await ask(own, journey.id, gold)).considered.map((one) => [one.event?.id, one.outcome]));
  expect(outcomes.get(waiting.id)).toBe("waiting");
  expect(outcomes.get(buried.id)).toBe("buried");
  expect(outcomes.get(before.id)).toBe("before_live");
  expect((await ask(own, journey.id, gold, other.id)).considered).toMatchObject([{ outcome: "other_event" }]);
});

it("refuses what is another workspace's, and an event of another member", async () => {
  const { own, journey, gold } = await scene();
  const stranger = await shop();
  const [other] = await members(own, 1);
  if (!other) throw new Error("no member");
  const theirs = await happened(own, other, paid(12_000));
  expect(await call(whyNot, stranger.actor(), { journey: journey.id, member: gold })).toMatchObject({
    reason: "not_found",
  });
  expect(await call(whyNot, own.actor(), { journey: journey.id, member: newId() })).toMatchObject({
    reason: "not_found",
  });
  expect(await call(whyNot, own.actor(), { journey: journey.id, member: gold, event: theirs.id })).toMatchObject({
    reason: "not_found",
    path: ["event"],
  });
});

it("tells of all journeys at once what it tells of each, those that turned the member away first", async () => {
  const own = await shop();
  const once = (name: string, when: object, settings = {}) => {
    const drawing = bigOrder(settings);
    const [trigger, ...rest] = drawing.nodes;
    return liveJourney(own, {
      ...drawing,
      name,
      nodes: [{ ...trigger, config: { event: "order_paid", when } }, ...rest],
    } as never);
  };
  const always = { field: "event.amount", is: "gte", value: 1 };
  const gold = { field: "member.tier", is: "eq", value: "gold" };
  const silent = await liveJourney(own, bigOrder());
  await engine((tx) =>
    tx.run(sql`UPDATE plan SET body = jsonb_set(body, '{entry,event}', '"check_in"') WHERE journey_id = ${silent.id}`),
  );
  const entered = await once("Entered", always, { reentry: { is: "once" } });
  const held = await once("Held back", gold);
  const full = await once("Full", always, { limits: { total: 1 } });
  const [first, second] = await members(own, 2);
  if (!first || !second) throw new Error("no members");
  await happened(own, first, paid(500));
  await happened(own, second, paid(500));
  const answer = await call(memberVerdicts, own.actor(), { member: second });
  if (!answer.ok) throw new Error(answer.reason);
  expect(answer.value.items.map(({ journey, verdict }) => [journey, verdict])).toEqual([
    [full.id, "turned_away"],
    [held.id, "held_back"],
    [entered.id, "entered"],
    [silent.id, "never_happened"],
  ]);
  for (const { journey, verdict, says } of answer.value.items)
    expect(await ask(own, journey as JourneyId, second)).toMatchObject({ verdict, says });
  const stranger = await call(memberVerdicts, (await shop()).actor(), { member: second });
  expect(stranger).toMatchObject({ ok: false, reason: "not_found" });
});

const clocked = (kind: string, config: object) => ({
  name: kind,
  entry: "t",
  nodes: [
    { id: "t", kind, config },
    { id: "wait", kind: "delay", config: { for: "P1D" } },
  ],
  edges: [{ from: "t", port: "next", to: "wait" }],
});

it("tells of a journey that the clock starts what it counts from, and when it comes next at the earliest", async () => {
  const own = await shop();
  const [member, never] = await members(own, 2);
  if (!member || !never) throw new Error("no members");
  const silent = await liveJourney(own, clocked("on-inactivity", { of: "visit", days: 30, when: { all: [] } }));
  const birthday = { date: "member.birthday", returns: "yearly", days: 0, time: "10:00", leapDay: "feb28" };
  const born = await liveJourney(own, clocked("on-date", { ...birthday, when: { all: [] } }));
  const visit = new Date(Date.now() - 3 * 60_000);
  await engine((tx) =>
    tx.run(sql`UPDATE member SET last_visit_at = ${visit}, birthday = '1990-05-01' WHERE id = ${member}`),
  );
  const zone = "Asia/Shanghai";
  const day = (at: number) => new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: zone }).format(at);
  const quiet = await ask(own, silent.id, member);
  expect(quiet.verdict).toBe("never_happened");
  expect(quiet.says.en).toContain(`Last visit: ${day(visit.getTime())}`);
  expect(quiet.says.en).toContain(`Enters ${day(visit.getTime() + 30 * 86_400_000)}`);
  expect(quiet.considered).toMatchObject([{ event: null, outcome: "would_hold", says: quiet.says }]);
  expect((await ask(own, born.id, member)).says.en).toMatch(/^Enters May 1, \d{4}, 10:00.AM at the earliest\.$/);
  expect((await ask(own, born.id, never)).says.en).toBe("The member's date is not known.");
  expect((await ask(own, silent.id, never)).says.en).toMatch(/^No visit so far; joined /);
  await engine((tx) => tx.run(sql`UPDATE journey SET state = 'stopped' WHERE id = ${silent.id}`));
  expect((await ask(own, silent.id, member)).verdict).toBe("not_live");
  const lines = await call(memberVerdicts, own.actor(), { member });
  if (!lines.ok) throw new Error(lines.reason);
  for (const { journey, verdict, says } of lines.value.items)
    expect(await ask(own, journey as JourneyId, member)).toMatchObject({ verdict, says });
});

it("says of a member who entered what the run brought: the coupon, and messages with why they were not sent", async () => {
  const own = await shop();
  const content = { sms: { en: { text: "Thank you" } } };
  const journey = await liveJourney(own, {
    name: "Thanks",
    entry: "t",
    nodes: [
      { id: "t", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
      { id: "r", kind: "reward", config: { grants: [{ is: "coupon", offer: own.offer }] } },
      { id: "s", kind: "send", config: { channel: "sms", purpose: "marketing", content, expiresAfter: "P1D" } },
    ],
    edges: [
      { from: "t", port: "next", to: "r" },
      { from: "r", port: "granted", to: "s" },
    ],
  });
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await happened(own, member, paid(500));
  await conductAll(journey.shard);
  const queued = await ask(own, journey.id, member);
  expect(queued.says.en).toBe("The member entered this journey. Coupon issued; SMS still to be sent.");
  await engine((tx) =>
    tx.run(sql`UPDATE message SET state = 'skipped', reason = 'no_consent' WHERE workspace_id = ${own.workspace}`),
  );
  const { says, runs } = await ask(own, journey.id, member);
  expect(says).toEqual({
    en: "The member entered this journey. Coupon issued; SMS not sent: no consent.",
    "zh-CN": "该会员进入过此旅程。已发 1 张券；短信未发送（未同意）。",
  });
  expect(runs[0]?.says?.en).toBe("Coupon issued; SMS not sent: no consent.");
  const lines = await call(memberVerdicts, own.actor(), { member });
  expect(lines).toMatchObject({ ok: true, value: { items: [{ verdict: "entered", says }] } });
});

it("holds against a run what it found as the member entered, not what the member has become", async () => {
  const { own, journey, gold } = await scene();
  const entered = await happened(own, gold, paid(12_000));
  await engine((tx) =>
    tx.run(sql`UPDATE member SET tier = 'silver' WHERE workspace_id = ${own.workspace} AND id = ${gold}`),
  );
  const { considered } = await ask(own, journey.id, gold, entered.id);
  expect(considered).toMatchObject([{ outcome: "entered" }]);
  expect(considered[0]?.findings.map(({ asked, found, held, isNow }) => [asked.en, found.en, held, isNow])).toEqual([
    ["Amount is at least ¥100", "Amount is ¥120", true, false],
    ["Tier is Gold", "Tier is Gold", true, false],
  ]);
});

it("marks what it knows of today's member only, below what the event brought, and never denies the outcome", async () => {
  const { own, journey } = await scene();
  const [member] = await members(own, 1, { tier: "silver" });
  if (!member) throw new Error("no member");
  const missed = await happened(own, member, paid(12_000));
  const small = await happened(own, member, paid(9_900));
  await engine((tx) =>
    tx.run(sql`UPDATE member SET tier = 'gold' WHERE workspace_id = ${own.workspace} AND id = ${member}`),
  );
  const [now] = (await ask(own, journey.id, member, missed.id)).considered;
  expect(now).toMatchObject({
    outcome: "rule_true",
    findings: [
      { held: true, isNow: false },
      { held: true, isNow: true },
    ],
  });
  expect(now?.says.en).toMatch(/^The conditions did not hold when it was judged\./);
  // Too small is too small, whoever the member is.
  const [sure] = (await ask(own, journey.id, member, small.id)).considered;
  expect(sure).toMatchObject({ outcome: "rule_false", findings: [{ held: false, isNow: false }, { isNow: true }] });
});

it("says of a member in the holdout that they are held out, on their page, over all journeys and on the run's page", async () => {
  const { own, journey } = await scene({ holdout: { percent: 50, days: 30 } });
  const crowd = await members(own, 20, { tier: "gold" });
  const events = new Map<MemberId, InboxEvent>();
  for (const one of crowd) events.set(one, await happened(own, one, paid(12_000)));
  const [row] = await peek<{ member: MemberId }>(
    sql`SELECT member_id AS member FROM run WHERE workspace_id = ${own.workspace} AND state = 'held' LIMIT 1`,
  );
  const gold = row?.member;
  const held = gold && events.get(gold);
  if (!gold || !held) throw new Error("of 20 members half are held out");
  const answer = await ask(own, journey.id, gold);
  expect(answer).toMatchObject({
    verdict: "held_out",
    considered: [{ outcome: "held_out", findings: [{ held: true }, { held: true }] }],
  });
  expect((await ask(own, journey.id, gold, held.id)).verdict).toBe("held_out");
  const all = await call(memberVerdicts, own.actor(), { member: gold });
  expect(all).toMatchObject({ ok: true, value: { items: [{ verdict: "held_out", says: answer.says }] } });
  expect(await call(getRun, own.actor(), { run: answer.runs[0]?.id })).toMatchObject({
    ok: true,
    value: { isHeld: true, state: "held" },
  });
});

/** It waits for a refund of the same order; 50 yuan or more is the goal, a closed account the exit. */
const refunds = () => ({
  name: "Refunds",
  entry: "paid",
  nodes: [
    { id: "paid", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    {
      id: "wait",
      kind: "wait-for",
      title: "The refund",
      config: {
        event: "order_refunded",
        when: { field: "event.order_id", is: "eq", value: { field: "entry.order_id" } },
        within: "P7D",
      },
    },
  ],
  edges: [{ from: "paid", port: "next", to: "wait" }],
  goal: { on: "order_refunded", when: { field: "event.amount", is: "gte", value: 5_000 } },
  exits: [{ on: "account_closed", when: { field: "event.reason", is: "eq", value: "moved" } }],
});

it("tells what an event missed that passed a run by: the wait's order, the goal's amount, the exit's reason", async () => {
  const own = await shop();
  const journey = await liveJourney(own, refunds());
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await happened(own, member, event("order_paid", { order_id: "o1" }));
  const other = await happened(own, member, event("order_refunded", { order_id: "o2", amount: 100 }));
  const closed = await happened(own, member, event("account_closed", { reason: "lost" }));
  const lateOne = await happened(
    own,
    member,
    event("order_refunded", { order_id: "o1", amount: 100 }, { occurredAt: Date.now() - 25 * 3_600_000 }),
  );
  const nothing = await happened(own, member, event("store_visit"));
  const right = await happened(own, member, event("order_refunded", { order_id: "o1", amount: 100 }));
  const after = await happened(own, member, event("order_refunded", { order_id: "o1", amount: 100 }));
  const { considered, runs } = await ask(own, journey.id, member);
  const told = (id: string) => {
    const one = considered.find((line) => line.event?.id === id);
    return (
      one && [
        one.outcome,
        one.run,
        one.findings.map(({ of, asked, found, held }) => [of?.en ?? null, asked.en, found.en, held]),
      ]
    );
  };
  const run = runs[0]?.id;
  const goal = ["To reach the goal", "Amount is at least ¥50", "Amount is ¥1", false];
  expect(told(other.id)).toEqual([
    "missed",
    run,
    [["To go on from “The refund”", "Order number is “o1”", "Order number is “o2”", false], goal],
  ]);
  expect(told(closed.id)).toEqual([
    "missed",
    run,
    [["To leave by exit 1", "Reason is “moved”", "Reason is “lost”", false]],
  ]);
  expect(told(lateOne.id)).toEqual(["late_wait", run, [goal]]);
  expect(told(nothing.id)).toBeUndefined();
  expect(told(right.id)).toEqual(["moved", run, [[null, "Order number is “o1”", "Order number is “o1”", true]]]);
  expect(told(after.id)).toBeUndefined();
  // Asked by the event alone it is told the same.
  expect((await ask(own, journey.id, member, other.id)).considered).toMatchObject([{ outcome: "missed", run }]);
  expect((await ask(own, journey.id, member, nothing.id)).considered).toMatchObject([{ outcome: "other_event" }]);
});

it("pages through all that happened in 30 days, each event once", async () => {
  const { own, journey, gold } = await scene();
  const all: string[] = [];
  for (let i = 0; i < 47; i++) {
    const at = Date.now() - i * 3_600_000;
    const one = paid(9_000 + i, { acceptedAt: at, occurredAt: at });
    await keep(own, gold, one);
    all.push(one.id);
  }
  const old = Date.now() - 31 * 86_400_000;
  await keep(own, gold, paid(9_000, { acceptedAt: old, occurredAt: old }));
  const seen: (string | undefined)[] = [];
  const next = async (cursor: string): Promise<WhyNot> => {
    const answer = await call(whyNot, own.actor(), { journey: journey.id, member: gold, cursor });
    if (!answer.ok) throw new Error(answer.reason);
    return answer.value;
  };
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page = await next(cursor);
    expect(page.verdict).toBe("held_back");
    seen.push(...page.considered.map((one) => one.event?.id));
    cursor = page.next;
  }
  expect(seen).toEqual(all);
});
