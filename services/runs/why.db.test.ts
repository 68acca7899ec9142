import { expect, it } from "vitest";
import type { MemberId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { memberTimeline } from "@/services/members/timeline";
import { readAllowed } from "@/services/webhooks/allowed";
import { Caller } from "@/services/webhooks/caller";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { getRun, type RunView } from "./get";
import { listRuns } from "./list";

await database();

const value = <T>(outcome: { ok: true; value: T } | { ok: false }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
};

/** Orders of 100 yuan or more; by tier one of three ways; then it waits for a refund of the same order. */
const drawing = (more: object = {}) => ({
  name: "Refunds",
  entry: "paid",
  nodes: [
    {
      id: "paid",
      kind: "on-event",
      config: { event: "order_paid", when: { field: "event.amount", is: "gte", value: 10_000 } },
    },
    {
      id: "tier",
      kind: "switch",
      config: {
        cases: [
          { id: "gold", name: "Best", when: { field: "member.tier", is: "eq", value: "gold" } },
          { id: "silver", name: "Good", when: { field: "member.tier", is: "eq", value: "silver" } },
          { id: "third", name: "Third", when: { all: [] } },
        ],
      },
    },
    {
      id: "wait",
      kind: "wait-for",
      config: {
        event: "order_refunded",
        when: { field: "event.order_id", is: "eq", value: { field: "entry.order_id" } },
        within: "P7D",
      },
    },
  ],
  edges: [
    { from: "tier", port: "silver", to: "wait" },
    { from: "paid", port: "next", to: "tier" },
  ],
  settings: {},
  ...more,
});

async function scene(more: object = {}) {
  const own = await shop();
  const journey = await liveJourney(own, drawing(more));
  const [member] = await members(own, 1, { tier: "silver" });
  if (!member) throw new Error("no member");
  /** As few events come, they move their runs at once; `late`: the conductor moves what they readied. */
  const happens = async (name: string, properties: Record<string, unknown>) => {
    await accept(own, [{ member, event: event(name, properties) }]);
    await dispatchAll();
    await conductAll(journey.shard);
  };
  await happens("order_paid", { amount: 18_850, order_id: "o1" });
  return { own, member, happens };
}
async function runOf(own: Shop, member: MemberId): Promise<RunView> {
  const [line] = value(await call(listRuns, own.actor(), { member })).items;
  return value(await call(getRun, own.actor(), { run: line?.id }));
}
const told = ({ findings }: { findings: RunView["entryFindings"] }) =>
  findings.map(({ of, asked, found, held }) => [of?.en ?? null, asked.en, found.en, held]);

it("keeps what the journey asked as the member entered, and each case of a switch that was tried before the one taken", async () => {
  const { own, member } = await scene();
  const run = await runOf(own, member);
  expect(told({ findings: run.entryFindings })).toEqual([[null, "Amount is at least ¥100", "Amount is ¥188.50", true]]);
  expect(run.steps).toMatchObject([{ node: "tier", port: "silver" }]);
  expect(told(run.steps[0] as RunView["steps"][number])).toEqual([
    ["Best", "Tier is Gold", "Tier is Silver", false],
    ["Good", "Tier is Silver", "Tier is Silver", true],
  ]);
});

it("keeps what an event that won a wait was asked, and what it brought", async () => {
  const { own, member, happens } = await scene();
  await happens("order_refunded", { order_id: "o2", amount: 100 });
  expect((await runOf(own, member)).steps).toHaveLength(1);
  await happens("order_refunded", { order_id: "o1", amount: 100 });
  const { state, steps } = await runOf(own, member);
  expect(state).toBe("done");
  expect(steps[1]).toMatchObject({ node: "wait", port: "happened", says: { en: "This happened: Order refunded." } });
  expect(told(steps[1] as RunView["steps"][number])).toEqual([
    [null, "Order number is “o1”", "Order number is “o1”", true],
  ]);
});

/** An order of 50 yuan or more, a visit, gold, the ninth of March, at most a week: whichever is first. */
const several = () => ({
  name: "Whichever is first",
  entry: "paid",
  nodes: [
    { id: "paid", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    {
      id: "first",
      kind: "wait-first",
      config: {
        events: [
          { id: "big", is: "event", event: "order_paid", when: { field: "event.amount", is: "gte", value: 5000 } },
          { id: "visit", is: "event", event: "store_visit", when: { all: [] } },
          { id: "gold", is: "condition", when: { field: "member.tier", is: "eq", value: "gold" } },
          { id: "day", is: "date", date: "entry.day", returns: "once", days: 0, time: "10:00", leapDay: "feb28" },
        ],
        within: "P7D",
      },
    },
  ],
  edges: [{ from: "paid", port: "next", to: "first" }],
  settings: {},
});

it("tells of a wait for the first of several what each of the others found in that instant", async () => {
  const own = await shop();
  const journey = await liveJourney(own, several());
  const [member] = await members(own, 1, { tier: "silver" });
  if (!member) throw new Error("no member");
  const happens = async (name: string, properties: object) => {
    await accept(own, [{ member, event: event(name, { ...properties }) }]);
    await dispatchAll();
    await conductAll(journey.shard);
  };
  await happens("order_paid", { amount: 100, day: "2099-03-09" });
  await happens("order_paid", { amount: 700 });
  await happens("store_visit", {});
  const { steps } = await runOf(own, member);
  expect(steps).toMatchObject([{ node: "first", port: "visit", says: { en: "This happened: Store visit." } }]);
  const found = told(steps[0] as RunView["steps"][number]);
  expect(found).toEqual([
    ["Also waited for: Order paid", "The event comes", "none that fits had come", false],
    ["Also waited for: Tier is Gold", "Tier is Gold", "Tier is Silver", false],
    [expect.stringMatching(/^Also waited for: /), "The time comes", "not before Mar 9, 2099, 10:00", false],
    ["Also waited for: time is up", "The time comes", expect.stringMatching(/^not before /), false],
  ]);
});

it("tells of each of the others also what the event brought that came, and what time alone left open", async () => {
  const own = await shop();
  const drawn = several();
  const journey = await liveJourney(own, drawn);
  const [member] = await members(own, 1, { tier: "silver" });
  if (!member) throw new Error("no member");
  await accept(own, [{ member, event: event("order_paid", { amount: 100 }) }]);
  await dispatchAll();
  await peek(
    sql`UPDATE run SET parked_at = parked_at - interval '8 days', due_at = due_at - interval '8 days' WHERE journey_id = ${journey.id}`,
  );
  await conductAll(journey.shard);
  const [step] = (await runOf(own, member)).steps;
  expect(step).toMatchObject({
    port: "timeout",
    says: { en: "The time was up, after 7 days.", "zh-CN": "等待时间已到（7 天）。" },
  });
  expect(told(step as RunView["steps"][number]).map(([of, , found]) => [of, found])).toEqual([
    ["Also waited for: Order paid", "none that fits had come"],
    ["Also waited for: Store visit", "none that fits had come"],
    ["Also waited for: Tier is Gold", "Tier is Silver"],
    [expect.stringMatching(/^Also waited for: /), "its date is not known"],
  ]);
  expect(step?.findings.at(-1)).toMatchObject({ found: { "zh-CN": "没有日期" } });
});

it("tells by which exit a run left, by an event or as it moved, and the goal it reached", async () => {
  const big = { field: "event.amount", is: "gte", value: 5000 };
  const exits = [
    { on: "account_closed", when: { all: [] } },
    { on: "order_refunded", when: big },
    { when: { field: "member.tier", is: "eq", value: "gold" } },
  ];
  const left = await scene({ exits });
  await left.happens("order_refunded", { order_id: "o2", amount: 6000 });
  const byEvent = (await runOf(left.own, left.member)).steps.at(-1);
  expect(byEvent).toMatchObject({ port: "@exit", says: { en: "Exit 2: This happened: Order refunded." } });
  expect(told(byEvent as RunView["steps"][number])).toEqual([[null, "Amount is at least ¥50", "Amount is ¥60", true]]);

  const reached = await scene({ goal: { on: "order_refunded", when: big } });
  await reached.happens("order_refunded", { order_id: "o2", amount: 6000 });
  const goal = (await runOf(reached.own, reached.member)).steps.at(-1);
  expect(goal).toMatchObject({ port: "@goal" });
  expect(told(goal as RunView["steps"][number])).toEqual([[null, "Amount is at least ¥50", "Amount is ¥60", true]]);

  const own = await shop();
  const journey = await liveJourney(own, drawing({ exits }));
  const [gold] = await members(own, 1, { tier: "gold" });
  if (!gold) throw new Error("no member");
  await accept(own, [{ member: gold, event: event("order_paid", { amount: 18_850, order_id: "o1" }) }]);
  await dispatchAll();
  await conductAll(journey.shard);
  const out = await runOf(own, gold);
  expect(out).toMatchObject({ state: "exited", steps: [{ node: "tier", port: "@exit" }] });
  expect(out.steps[0]?.says?.["zh-CN"]).toBe("退出条件 3：旅程的一个退出条件成立。");
  expect(told(out.steps[0] as RunView["steps"][number])).toEqual([[null, "Tier is Gold", "Tier is Gold", true]]);
});

it("keeps it where a conductor moves what an event of a crowd readied", async () => {
  const own = await shop();
  const journey = await liveJourney(own, drawing());
  const crowd = await members(own, 40, { tier: "silver" });
  for (const [name, amount] of [
    ["order_paid", 18_850],
    ["order_refunded", 100],
  ] as const) {
    await accept(
      own,
      crowd.map((member) => ({ member, event: event(name, { amount, order_id: "o1" }) })),
    );
    await dispatchAll();
    await conductAll(journey.shard);
  }
  for (const member of crowd.slice(0, 3)) {
    const run = await runOf(own, member);
    expect(told(run.steps[1] as RunView["steps"][number])).toEqual([
      [null, "Order number is “o1”", "Order number is “o1”", true],
    ]);
    expect(run.entryFindings).toHaveLength(1);
  }
});

it("tells why a webhook failed, on the run's page and the member's timeline, and nothing of what the kind asks by itself", async () => {
  const own = await shop();
  const journey = await liveJourney(own, {
    name: "Hook",
    entry: "paid",
    nodes: [
      { id: "paid", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
      {
        id: "hook",
        kind: "webhook",
        config: { url: "https://10.1.2.3/x", method: "POST", headers: [], body: "", within: "PT1H" },
      },
    ],
    edges: [{ from: "paid", port: "next", to: "hook" }],
    settings: {},
  });
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await accept(own, [{ member, event: event("order_paid", { amount: 1 }) }]);
  await dispatchAll();
  await conductAll(journey.shard);
  const caller = new Caller(own.workspace, "test", readAllowed(""));
  while (await caller.turn()) {
    // Until nothing is under way.
  }
  await caller.drain();
  await dispatchAll();
  await conductAll(journey.shard);
  const { steps } = await runOf(own, member);
  const why = { host: "10.1.2.3", state: "failed", status: null, reason: "address_not_allowed" };
  expect(steps.map(({ step, port, called }) => [step, port, called])).toEqual([
    ["hook.start", "called", expect.objectContaining(why)],
    ["hook.called", "failed", null],
  ]);
  expect(steps[1]).toMatchObject({ says: { en: "This happened: Webhook failed." }, findings: [] });
  const { items } = value(await call(memberTimeline, own.actor(), { member, kind: "webhook" }));
  expect(items).toMatchObject([{ what: "webhook", detail: why }]);
});
