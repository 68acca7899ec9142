import { expect, it } from "vitest";
import { engine, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { mergeMember, mergeMembers } from "@/services/merging/merge";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";

await database();

const bigOrder = (of: Shop) => ({
  name: "Big order",
  entry: "paid",
  nodes: [
    {
      id: "paid",
      kind: "on-event",
      config: { event: "order_paid", when: { field: "event.amount", is: "gte", value: 10_000 } },
    },
    { id: "gold", kind: "if", config: { when: { field: "member.tier", is: "eq", value: "gold" } } },
    {
      id: "both",
      kind: "reward",
      config: {
        grants: [
          { is: "coupon", offer: of.offer },
          { is: "points", points: 100 },
        ],
      },
    },
    {
      id: "sms",
      kind: "send",
      config: {
        channel: "sms",
        purpose: "marketing",
        expiresAfter: "P2D",
        content: { sms: { "zh-CN": { text: "【青禾】{{ member.name }} {{ coupon.code }} 退订回T" } } },
      },
    },
    {
      id: "wait",
      kind: "wait-for",
      config: {
        event: "coupon_redeemed",
        when: { field: "event.coupon_id", is: "in", value: { field: "coupon.ids" } },
        within: "P7D",
      },
    },
    { id: "tag", kind: "tag", config: { tag: "coupon user", action: "add" } },
  ],
  edges: [
    { from: "paid", port: "next", to: "gold" },
    { from: "gold", port: "yes", to: "both" },
    { from: "gold", port: "no", to: "sms" },
    { from: "both", port: "granted", to: "sms" },
    { from: "sms", port: "next", to: "wait" },
    { from: "wait", port: "happened", to: "tag" },
  ],
  settings: {},
});

it("takes a gold member's order to coupon, points and message, waits, and goes on when that coupon is redeemed", async () => {
  const own = await shop();
  const journey = await liveJourney(own, bigOrder(own));
  const [gold] = await members(own, 1, { tier: "gold" });
  if (!gold) throw new Error("no member");
  await accept(own, [
    { member: gold, event: event("order_paid", { amount: 9_999 }) },
    { member: gold, event: event("order_paid", { amount: 10_000, order_id: "o1" }) },
  ]);
  await dispatchAll();
  await conductAll(journey.shard);
  const [run] = await runsOf(journey.id);
  expect(run).toMatchObject({ state: "parked", step: "wait.start", reason: null });
  const coupons = await peek<{ id: string; code: string }>(
    sql`SELECT id, code FROM coupon WHERE workspace_id = ${own.workspace}`,
  );
  expect(coupons).toHaveLength(1);
  expect(await peek(sql`SELECT balance FROM points_account WHERE workspace_id = ${own.workspace}`)).toEqual([
    { balance: 100 },
  ]);
  expect(await peek(sql`SELECT channel, state FROM message WHERE workspace_id = ${own.workspace}`)).toEqual([
    { channel: "sms", state: "queued" },
  ]);

  await accept(own, [{ member: gold, event: event("coupon_redeemed", { coupon_id: "another" }) }]);
  await dispatchAll();
  expect((await runsOf(journey.id))[0]?.state).toBe("parked");
  await accept(own, [{ member: gold, event: event("coupon_redeemed", { coupon_id: coupons[0]?.id }) }]);
  await dispatchAll();
  await conductAll(journey.shard);
  expect((await runsOf(journey.id))[0]).toMatchObject({ state: "done" });
  expect(await peek(sql`SELECT tag FROM member_tag WHERE workspace_id = ${own.workspace}`)).toEqual([
    { tag: "coupon user" },
  ]);
  expect(
    (
      await peek<{ step: string; port: string }>(
        sql`SELECT step, port FROM journal WHERE workspace_id = ${own.workspace} ORDER BY at, step`,
      )
    )
      .map((l) => `${l.step} ${l.port}`)
      .sort(),
  ).toEqual(["both.start granted", "gold.start yes", "sms.start next", "tag.start next", "wait.start happened"]);
});

it("readies a run whose time was up before an event came, and lets only the time-out act", async () => {
  const own = await shop();
  const journey = await liveJourney(own, bigOrder(own));
  const [basic] = await members(own, 1);
  if (!basic) throw new Error("no member");
  await accept(own, [{ member: basic, event: event("order_paid", { amount: 20_000 }) }]);
  await dispatchAll();
  await conductAll(journey.shard);
  await peek(sql`UPDATE run SET due_at = now() - interval '1 hour' WHERE journey_id = ${journey.id}`);
  await conductAll(journey.shard);
  expect((await runsOf(journey.id))[0]).toMatchObject({ state: "done" });
  expect(
    await peek(sql`SELECT port FROM journal WHERE workspace_id = ${own.workspace} AND step = 'wait.start'`),
  ).toEqual([{ port: "timeout" }]);
});

it("lets an event that finds a run's time up begin another run: the clock moved the first, not the event", async () => {
  const own = await shop();
  const journey = await liveJourney(own, { ...bigOrder(own), settings: { reentry: { is: "every", days: 1 } } });
  const [basic] = await members(own, 1);
  if (!basic) throw new Error("no member");
  await accept(own, [{ member: basic, event: event("order_paid", { amount: 20_000 }) }]);
  await dispatchAll();
  await conductAll(journey.shard);
  await peek(
    sql`UPDATE run SET due_at = now() - interval '1 hour', parked_at = now() - interval '8 days' WHERE journey_id = ${journey.id}`,
  );
  await peek(sql`UPDATE entry SET last_entered_at = now() - interval '8 days' WHERE journey_id = ${journey.id}`);

  await accept(own, [{ member: basic, event: event("order_paid", { amount: 20_000 }) }]);
  await dispatchAll();
  await conductAll(journey.shard);

  expect((await runsOf(journey.id)).map(({ state, step }) => `${step} ${state}`)).toEqual([
    "wait.start done",
    "wait.start parked",
  ]);
});

it("gives stock to members in entry order, and sends the others on without the coupon", async () => {
  const own = await shop({ stock: 30 });
  const journey = await liveJourney(own, bigOrder(own));
  const all = await members(own, 100, { tier: "gold" });
  await accept(
    own,
    all.map((member) => ({ member, event: event("order_paid", { amount: 10_000 }) })),
  );
  await dispatchAll();
  await conductAll(journey.shard);
  expect(await peek(sql`SELECT count(*)::int AS coupons FROM coupon WHERE workspace_id = ${own.workspace}`)).toEqual([
    { coupons: 30 },
  ]);
  expect(
    await peek(sql`SELECT sum(balance)::int AS points FROM points_account WHERE workspace_id = ${own.workspace}`),
  ).toEqual([{ points: 3000 }]);
  expect(await peek(sql`SELECT count(*)::int AS messages FROM message WHERE workspace_id = ${own.workspace}`)).toEqual([
    { messages: 30 },
  ]);
  expect(
    await peek(
      sql`SELECT port, count FROM traffic WHERE workspace_id = ${own.workspace} AND step = 'both.start' ORDER BY port`,
    ),
  ).toEqual([
    { port: "granted", count: 30 },
    { port: "out_of_stock", count: 70 },
  ]);
});

it("brings a merged member's run to the survivor, and of two runs of one journey lets the later exit", async () => {
  const own = await shop();
  const journey = await liveJourney(own, bigOrder(own));
  const [visitor, known, alone, other] = await members(own, 4, { tier: "gold" });
  if (!visitor || !known || !alone || !other) throw new Error("no members");
  await accept(
    own,
    [visitor, known, alone].map((member) => ({ member, event: event("order_paid", { amount: 10_000 }) })),
  );
  await dispatchAll();
  await conductAll(journey.shard);
  const actor = { as: "system", workspace: own.workspace, name: "test" } as const;
  for (const [from, into] of [
    [visitor, known],
    [alone, other],
  ] as const)
    await engine((tx) => mergeMembers(tx, actor, { from, into }, new Date(), newId()));
  await accept(
    own,
    [known, other].map((member) => ({ member, event: { ...event("identified"), type: "identify" as const } })),
  );
  await dispatchAll();
  const runs = await runsOf(journey.id);
  expect(runs.map(({ member }) => member).sort()).toEqual([known, known, other].sort());
  expect(runs.map(({ state, reason }) => `${state} ${reason}`).sort()).toEqual([
    "exited merged",
    "parked null",
    "parked null",
  ]);
  expect(
    await peek(
      sql`SELECT member_id AS member, count, live FROM entry WHERE workspace_id = ${own.workspace} ORDER BY count DESC`,
    ),
  ).toEqual([
    { member: known, count: 2, live: 1 },
    { member: other, count: 1, live: 1 },
  ]);
});

it("brings the run of a member who was joined by hand to the survivor, whom no event has met since", async () => {
  const own = await shop();
  const journey = await liveJourney(own, bigOrder(own));
  const [from, into] = await members(own, 2, { tier: "gold" });
  if (!from || !into) throw new Error("no members");
  await accept(own, [{ member: from, event: event("order_paid", { amount: 10_000 }) }]);
  await dispatchAll();
  await call(mergeMember, own.actor(), { member: from, into });
  await dispatchAll();
  expect(await runsOf(journey.id)).toMatchObject([{ member: into, state: "parked" }]);
});

it("keeps a lane, its members and its journeys going when one member's orders pass every bound", async () => {
  const own = await shop();
  const journey = await liveJourney(own, bigOrder(own));
  const [rich, other] = await members(own, 2);
  if (!rich || !other) throw new Error("no members");
  const huge = () => ({ member: rich, event: event("order_paid", { amount: 9_007_199_254_740_991 }) });
  await engine((tx) =>
    tx.run(sql`UPDATE member SET spent = 9007199254740990 WHERE workspace_id = ${own.workspace} AND id = ${rich}`),
  );
  await accept(own, [huge(), huge(), { member: other, event: event("order_paid", { amount: 10_000 }) }]);
  await dispatchAll();
  await conductAll(journey.shard);
  expect((await runsOf(journey.id)).map(({ state }) => state)).toEqual(["parked", "parked"]);
  expect(await peek(sql`SELECT spent FROM member WHERE workspace_id = ${own.workspace} AND id = ${rich}`)).toEqual([
    { spent: Number.MAX_SAFE_INTEGER },
  ]);
});

it("pauses a journey whose runs fail one after another, and says why", async () => {
  const own = await shop();
  const journey = await liveJourney(own, bigOrder(own));
  const all = await members(own, 20);
  await accept(
    own,
    all.map((member) => ({ member, event: event("order_paid", { amount: 10_000 }) })),
  );
  await dispatchAll({ carries: false });
  await peek(sql`UPDATE run SET step = 'gone.start' WHERE journey_id = ${journey.id}`);
  await conductAll(journey.shard);
  expect(
    (await runsOf(journey.id)).every(({ state, reason }) => state === "failed" && reason?.includes("gone.start")),
  ).toBe(true);
  expect(await peek(sql`SELECT state FROM journey WHERE id = ${journey.id}`)).toEqual([{ state: "paused" }]);
});
