import { expect, it } from "vitest";
import type { InboxEvent } from "@/core/events/inbox-event";
import type { MemberId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { getRun } from "@/services/runs/get";
import { database } from "@/tests/harness/database";
import { conductAll, event, liveJourney, members } from "@/tests/harness/journey";
import { shop } from "@/tests/harness/shop";
import { memberVerdicts } from "./verdicts";
import { type WhyNot, whyNot } from "./why-not";
import { ask, bigOrder, happened, keep, paid, scene } from "./why-not-harness";

await database();

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
  expect(answer.says.en).toMatch(/In this journey's holdout since .+, when its share was 50%\.$/);
  expect(answer.says["zh-CN"]).toMatch(/自 .+ 起属于此旅程的对照组，当时比例为 50%。$/);
  const all = await call(memberVerdicts, own.actor(), { member: gold });
  expect(all).toMatchObject({ ok: true, value: { items: [{ verdict: "held_out", says: answer.says }] } });
  expect(await call(getRun, own.actor(), { run: answer.runs[0]?.id })).toMatchObject({
    ok: true,
    value: { isHeld: true, state: "held", holdout: { of: "journey", percent: 50 } },
  });
});

it("says whose holdout keeps a member out, also where its share is not known", async () => {
  const { own, journey } = await scene({});
  await peek(sql`
    UPDATE workspace SET settings = settings || '{"holdout":{"percent":50,"days":30}}'::jsonb WHERE id = ${own.workspace}`);
  for (const one of await members(own, 20, { tier: "gold" })) await happened(own, one, paid(12_000));
  const [held] = await peek<{ run: string; member: MemberId }>(
    sql`SELECT id AS run, member_id AS member FROM run WHERE workspace_id = ${own.workspace} AND state = 'held' LIMIT 1`,
  );
  if (!held) throw new Error("of 20 members half are held out");
  expect((await ask(own, journey.id, held.member)).says.en).toMatch(
    /In the workspace's holdout, and out of every journey, since .+, when its share was 50%\.$/,
  );
  await peek(sql`UPDATE member SET holdout_share = NULL WHERE id = ${held.member}`);
  expect((await ask(own, journey.id, held.member)).says["zh-CN"]).toMatch(/起属于工作区的对照组，不进入任何旅程。$/);
  // Nothing tells it of runs from before arms were kept.
  await peek(sql`UPDATE member SET holdout_at = NULL WHERE id = ${held.member}`);
  expect(await call(getRun, own.actor(), { run: held.run })).toMatchObject({
    ok: true,
    value: { isHeld: true, holdout: null },
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
  const seen: string[] = [];
  const next = async (cursor: string): Promise<WhyNot> => {
    const answer = await call(whyNot, own.actor(), { journey: journey.id, member: gold, cursor });
    if (!answer.ok) throw new Error(answer.reason);
    return answer.value;
  };
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page = await next(cursor);
    expect(page.verdict).toBe("held_back");
    seen.push(...page.considered.flatMap((one) => one.event?.id ?? []));
    cursor = page.next;
  }
  expect(seen).toEqual(all);
});

/** Refunds of a whole order, of which this sender never says whether they are. */
const wholeRefunds = (settings: object = {}) => ({
  name: "Whole refunds",
  entry: "back",
  nodes: [
    {
      id: "back",
      kind: "on-event",
      config: { event: "order_refunded", when: { field: "event.is_full", is: "eq", value: true } },
    },
    { id: "wait", kind: "delay", config: { for: "P1D" } },
  ],
  edges: [{ from: "back", port: "next", to: "wait" }],
  settings,
});

it("judges a refund with what its order's amounts had told by then, as the engine did, whatever came since", async () => {
  const own = await shop();
  const journey = await liveJourney(own, wholeRefunds());
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const early = await happened(own, member, event("order_refunded", { order_id: "o2", amount: 100 }));
  await happened(own, member, event("order_paid", { order_id: "o1", amount: 5_000 }));
  const part = await happened(own, member, event("order_refunded", { order_id: "o1", amount: 2_000 }));
  const rest = await happened(own, member, event("order_refunded", { order_id: " o1", amount: 3_000 }));
  const said = await happened(own, member, event("order_refunded", { order_id: "o1", amount: 1, is_full: false }));
  const { considered } = await ask(own, journey.id, member);
  const told = (id: string) => {
    const one = considered.find((line) => line.event?.id === id);
    return one && [one.outcome, one.findings.map(({ found, held, isNow }) => [found.en, held, isNow])];
  };
  expect(told(early.id)).toEqual(["rule_false", [["Whole order is not known", false, false]]]);
  expect(told(part.id)).toEqual(["rule_false", [["Whole order is no", false, false]]]);
  expect(told(rest.id)).toEqual(["entered", [["Whole order is yes", true, false]]]);
  expect(told(said.id)?.[0]).toBe("told_again");
  // Asked by the event alone it is told the same.
  expect((await ask(own, journey.id, member, part.id)).considered).toMatchObject([{ outcome: "rule_false" }]);
});

it("says of an order told a second time that this is why it started nothing, where entries are not counted by order", async () => {
  const own = await shop();
  const every = await liveJourney(own, bigOrder({ reentry: { is: "always" } }));
  const each = await liveJourney(own, bigOrder({ reentry: { is: "per_key", key: "order_id" } }));
  const [gold] = await members(own, 1, { tier: "gold" });
  if (!gold) throw new Error("no member");
  const order = () => event("order_paid", { order_id: "o1", amount: 12_000 });
  const first = await happened(own, gold, order());
  const again = await happened(own, gold, order());
  const outcomes = async (journey: typeof every) => {
    const { considered } = await ask(own, journey.id, gold);
    return [first, again].map(({ id }) => considered.find((one) => one.event?.id === id)?.outcome);
  };
  expect(await outcomes(every)).toEqual(["entered", "told_again"]);
  expect(await outcomes(each)).toEqual(["entered", "re_entry"]);
});
