import { describe, expect, it } from "vitest";
import { DEEP, DEEPEST, MOST_DEEP } from "@/core/plan/control";
import { engine, peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { tellCoupons } from "@/services/expiry/tell-coupons";
import { whyNot } from "@/services/journeys/watching/why-not";
import { endTiers } from "@/services/members/end-tiers";
import { getRun } from "@/services/runs/get";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { type Link, line } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { tellOutcomes } from "../messages/tell";

await database();

const effect = (kind: string, config: object, port = "next"): Link => [{ id: "it", kind, config }, port];
const points = effect("reward", { grants: [{ is: "points", points: 1 }] }, "granted");
const coupon = (own: Shop) => effect("reward", { grants: [{ is: "coupon", offer: own.offer }] }, "granted");
const grown = effect("set-attribute", { attribute: "rounds", change: { is: "add", by: 1 } });
const tier = (to: string) => effect("change-tier", { tier: to, reason: "round", end: { is: "open" } });
const moved = (to: string) => ({ event: "tier_changed", when: { field: "event.tier", is: "eq", value: to } });

/** What starts each of a circle's journeys is what another of them does. */
const CIRCLES: [string, (own: Shop) => object[]][] = [
  ["points for points earned", () => [line([points], { event: "points_earned" })]],
  ["a coupon for a coupon issued", (own) => [line([coupon(own)], { event: "coupon_issued" })]],
  ["an attribute for an attribute changed", () => [line([grown], { event: "attribute_changed" })]],
  [
    "gold for silver and silver for gold",
    () => [line([tier("gold")], moved("silver")), line([tier("silver")], moved("gold"))],
  ],
];

async function begin(own: Shop, options?: { carries: boolean }): Promise<void> {
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await accept(own, [{ member, event: event("order_paid", { amount: 20_000, order_id: "o1" }) }]);
  await dispatchAll(options);
}

describe("journeys that go round in a circle", () => {
  it.each(CIRCLES)("%s: ended when they are as many as no drawing means", async (_what, circleOf) => {
    const own = await shop();
    const circle = [];
    for (const drawing of circleOf(own)) circle.push(await liveJourney(own, drawing));
    const first = [points, coupon(own), grown, tier("silver")];
    const opener = await liveJourney(own, line(first.map(([node, port], i): Link => [{ ...node, id: `n${i}` }, port])));
    await begin(own);
    await conductAll(opener.shard);
    for (let i = 0; i < DEEPEST + 5; i++) {
      await dispatchAll();
      for (const { shard } of circle) await conductAll(shard);
    }
    const runs = (await Promise.all(circle.map(({ id }) => runsOf(id)))).flat();
    expect(runs).toHaveLength(DEEPEST);
    const away = await peek<{ id: string; reason: string }>(
      sql`SELECT journey_id AS id, reason FROM turned_away WHERE workspace_id = ${own.workspace} AND reason <> 'rule_false'`,
    );
    expect(away).toEqual([{ id: expect.any(String), reason: "too_deep" }]);
    const asked = { journey: away[0]?.id, member: runs[0]?.member };
    const answer = await call(whyNot, own.actor(), asked);
    expect(answer.ok && answer.value.considered.map(({ outcome }) => outcome)).toContain("too_deep");
  });
});

it("that widen end by their count: of two pieces of news each, from the third in a row on", async () => {
  const own = await shop();
  const news = (id: string): Link => [
    { id, kind: "emit-event", config: { name: "round_gone", properties: [] } },
    "next",
  ];
  const journey = await liveJourney(own, line([news("one"), news("two")], { event: "round_gone" }));
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const depths = async () =>
    (
      await peek<{ depth: number }>(
        sql`SELECT coalesce((entry_event ->> 'depth')::int, 0) AS depth FROM run WHERE journey_id = ${journey.id}`,
      )
    ).map(({ depth }) => depth);
  const goOn = async () => {
    await dispatchAll();
    await conductAll(journey.shard);
    await dispatchAll();
  };
  await accept(own, [{ member, event: event("round_gone") }]);
  for (let count = -1; count < (await depths()).length; await goOn()) count = (await depths()).length;
  const all = await depths();
  const of = (depth: number) => all.filter((one) => one === depth).length;
  expect([of(0), of(1), of(2)]).toEqual([1, 2, 4]);
  expect(all.filter((depth) => depth >= DEEP)).toHaveLength(MOST_DEEP);
  expect(await peek(sql`SELECT DISTINCT reason FROM turned_away WHERE workspace_id = ${own.workspace}`)).toEqual([
    { reason: "too_deep" },
  ]);
  // A day later it is let in again.
  await peek(sql`UPDATE run SET entered_at = entered_at - interval '25 hours' WHERE workspace_id = ${own.workspace}`);
  await accept(own, [{ member, event: { ...event("round_gone"), depth: DEEP } }]);
  await dispatchAll();
  expect((await depths()).length).toBeGreaterThan(all.length);
});

it("tells what came of a journey's message one deeper than what the journey answered", async () => {
  const own = await shop();
  await liveJourney(own, line([points], { event: "message_failed" }));
  const send = {
    channel: "sms",
    purpose: "service",
    content: { sms: { "zh-CN": { text: "hi" } } },
    expiresAfter: "P1D",
  };
  const sender = await liveJourney(own, line([effect("send", send)]));
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await accept(own, [{ member, event: { ...event("order_paid", { amount: 1, order_id: "1" }), depth: 3 } }]);
  await dispatchAll();
  await conductAll(sender.shard);
  const [message] = await peek<{ id: never }>(sql`SELECT id FROM message WHERE workspace_id = ${own.workspace}`);
  if (!message) throw new Error("no message");
  const failed = {
    ...message,
    member,
    channel: "sms",
    journey: sender.id,
    step: null,
    state: "failed",
    reason: "no_address",
  };
  await engine((tx) => tellOutcomes(tx, own.workspace, [failed], new Date()));
  expect(
    await peek(
      sql`SELECT event -> 'depth' AS depth FROM inbox WHERE workspace_id = ${own.workspace} AND event ->> 'name' = 'message_failed'`,
    ),
  ).toEqual([{ depth: 4 }]);
});

it("counts on over days: a coupon's end and a tier's are told one deeper than what gave them", async () => {
  const own = await shop();
  const for2Days: Link = [
    {
      id: "trial",
      kind: "change-tier",
      config: { tier: "gold", reason: "trial", end: { is: "after", duration: "P2D" } },
    },
    "next",
  ];
  for (const event of ["coupon_expired", "tier_changed"]) await liveJourney(own, line([points], { event }));
  await liveJourney(own, line([coupon(own), for2Days], { event: "visited" }));
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await tellCoupons(own.workspace, new Date());
  await accept(own, [{ member, event: { ...event("visited"), depth: 3 } }]);
  await dispatchAll();
  await peek(sql`DELETE FROM inbox WHERE workspace_id = ${own.workspace}`);
  const later = new Date(Date.now() + 400 * 86_400_000);
  await tellCoupons(own.workspace, later);
  await endTiers(later);
  expect(
    await peek(sql`
      SELECT event ->> 'name' AS name, event -> 'depth' AS depth FROM inbox WHERE workspace_id = ${own.workspace} ORDER BY 1`),
  ).toEqual([
    { name: "coupon_expired", depth: 4 },
    { name: "tier_changed", depth: 4 },
  ]);
});

it("counts, in a run's own story, the events that came on its way beyond what it keeps, and keeps the first", async () => {
  const own = await shop();
  const wait: Link = [
    { id: "wait", kind: "wait-for", config: { event: "knock", when: { all: [] }, within: "P7D" } },
    "happened",
  ];
  const { id, shard } = await liveJourney(own, line([wait]));
  await begin(own, { carries: false });
  const [run] = await runsOf(id);
  if (!run) throw new Error("no run");
  const knock = (n: number) =>
    accept(
      own,
      Array.from({ length: n }, (_, i) => ({ member: run.member, event: { ...event("knock", { i }), depth: 2 } })),
    );
  for (const n of [103, 4]) {
    await knock(n);
    await dispatchAll();
  }
  const [row] = await peek<{ mail: { properties: { i: number }; depth: number }[] }>(
    sql`SELECT mail FROM run WHERE id = ${run.id}`,
  );
  expect([row?.mail.length, row?.mail.at(-1)]).toMatchObject([100, { properties: { i: 99 }, depth: 2 }]);
  await conductAll(shard);
  expect(await runsOf(id)).toMatchObject([{ state: "done", port: null }]);
  const story = await call(getRun, own.actor(), { run: run.id });
  expect(story.ok && story.value.steps.map(({ node, port }) => `${node} ${port}`)).toEqual([
    "@mail @overflow",
    "wait happened",
  ]);
  expect(story.ok && story.value.steps[0]).toMatchObject({
    title: { en: "Events on the way" },
    says: { en: expect.stringContaining("7 more events"), "zh-CN": expect.stringContaining("7 个") },
  });
});
