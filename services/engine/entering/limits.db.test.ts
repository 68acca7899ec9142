import { expect, it } from "vitest";
import { LANES, type MemberId } from "@/core/ids";
import { MOST_LIVE } from "@/core/plan/control";
import { engine, peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import {
  accept,
  conductAll,
  dispatchAll,
  dispatchLane,
  event,
  liveJourney,
  members,
  republish,
  runsOf,
} from "@/tests/harness/journey";
import { republish as publishAgain, published } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { forgetTurnedAway } from "./turn-away";

await database({ max: 20 });

/** Enters on each order and waits a day. */
const waiting = (settings: object, name = "Waiting") => ({
  name,
  entry: "paid",
  nodes: [
    { id: "paid", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    { id: "wait", kind: "delay", config: { for: "P1D" } },
  ],
  edges: [{ from: "paid", port: "next", to: "wait" }],
  settings,
});

/** Enters on each order and is done at once. */
const passing = (settings: object, name = "Passing") => ({
  ...waiting(settings, name),
  nodes: [
    { id: "paid", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    { id: "wait", kind: "tag", config: { tag: name, action: "add" } },
  ],
});

const orders = (of: readonly MemberId[], properties: object = {}) =>
  of.map((member) => ({ member, event: event("order_paid", { amount: 100, ...properties }) }));
const one = async (own: Shop): Promise<MemberId> => {
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  return member;
};
const away = (own: Shop) =>
  peek<{ reason: string; n: number }>(
    sql`SELECT reason, count(*)::int AS n FROM turned_away WHERE workspace_id = ${own.workspace} GROUP BY 1 ORDER BY 1`,
  );
/** All lanes at once, as several workers do. */
const dispatchAtOnce = async () => {
  await Promise.all(
    Array.from({ length: LANES }, async (_, lane) => {
      await dispatchLane(lane);
    }),
  );
};

it("lets a member enter once, whatever comes after", async () => {
  const own = await shop();
  const journey = await liveJourney(own, passing({ reentry: { is: "once" } }));
  const member = await one(own);
  for (let i = 0; i < 3; i++) {
    await accept(own, orders([member]));
    await dispatchAll();
    await conductAll(journey.shard);
  }
  expect(await runsOf(journey.id)).toHaveLength(1);
  expect(await away(own)).toEqual([{ reason: "re_entry", n: 2 }]);
});

it("lets a member enter again only after the run before has ended", async () => {
  const own = await shop();
  const journey = await liveJourney(own, waiting({ reentry: { is: "after_end" } }));
  const member = await one(own);
  await accept(own, orders([member, member]));
  await dispatchAll();
  await conductAll(journey.shard);
  expect(await runsOf(journey.id)).toHaveLength(1);
  await peek(sql`UPDATE run SET due_at = now() - interval '1 hour' WHERE journey_id = ${journey.id}`);
  await conductAll(journey.shard);
  await accept(own, orders([member]));
  await dispatchAll();
  expect((await runsOf(journey.id)).map(({ state }) => state)).toEqual(["done", "parked"]);
});

it("counts the days of re-entry from the last entry", async () => {
  const own = await shop();
  const journey = await liveJourney(own, passing({ reentry: { is: "every", days: 30 } }));
  const member = await one(own);
  const order = async () => {
    await accept(own, orders([member]));
    await dispatchAll();
    await conductAll(journey.shard);
    return (await runsOf(journey.id)).length;
  };
  expect(await order()).toBe(1);
  await peek(
    sql`UPDATE entry SET last_entered_at = now() - interval '29 days 23 hours' WHERE journey_id = ${journey.id}`,
  );
  expect(await order()).toBe(1);
  await peek(sql`UPDATE entry SET last_entered_at = now() - interval '30 days' WHERE journey_id = ${journey.id}`);
  expect(await order()).toBe(2);
});

it("lets each order number enter once, also when it comes twice in one turn", async () => {
  const own = await shop();
  const journey = await liveJourney(own, waiting({ reentry: { is: "per_key", key: "order_id" } }));
  const member = await one(own);
  await accept(
    own,
    ["a", "b", "a", "b", "c"].flatMap((order_id) => orders([member], { order_id })),
  );
  await dispatchAll();
  expect(await runsOf(journey.id)).toHaveLength(3);
});

it("takes an order told twice for one, at once and later, also where it always lets enter", async () => {
  const own = await shop();
  const journey = await liveJourney(own, passing({ reentry: { is: "always" } }));
  const member = await one(own);
  const told = () => orders([member], { order_id: "a" });
  await Promise.all([accept(own, told()), accept(own, told())]);
  await dispatchAtOnce();
  await accept(own, [...told(), ...orders([member], { order_id: "b" })]);
  await dispatchAtOnce();
  expect(await runsOf(journey.id)).toHaveLength(2);
  expect(await peek(sql`SELECT orders, spent FROM member WHERE workspace_id = ${own.workspace}`)).toEqual([
    { orders: 2, spent: 200 },
  ]);
});

it("always lets enter, each order with a run of its own", async () => {
  const own = await shop();
  const journey = await liveJourney(own, waiting({ reentry: { is: "always" } }));
  const member = await one(own);
  await accept(own, orders([member, member, member]));
  await dispatchAll();
  expect(await runsOf(journey.id)).toHaveLength(3);
});

it("has at most N runs of one member on their way, and takes the next when one has ended", async () => {
  const own = await shop();
  const journey = await liveJourney(
    own,
    waiting({ reentry: { is: "per_key", key: "order_id" }, limits: { perMember: 2 } }),
  );
  const member = await one(own);
  await accept(
    own,
    ["a", "b", "c"].flatMap((order_id) => orders([member], { order_id })),
  );
  await dispatchAll();
  await conductAll(journey.shard);
  expect(await runsOf(journey.id)).toHaveLength(2);
  expect(await away(own)).toEqual([{ reason: "limit_member", n: 1 }]);
  await peek(
    sql`UPDATE run SET due_at = now() - interval '1 hour' WHERE id = (SELECT min(id::text)::uuid FROM run WHERE journey_id = ${journey.id})`,
  );
  await conductAll(journey.shard);
  await accept(own, orders([member], { order_id: "d" }));
  await dispatchAll();
  expect(await runsOf(journey.id)).toHaveLength(3);
});

it("counts who entered before a limit came, no further than it goes, and all of them when it is raised", async () => {
  const own = await shop();
  const journey = await liveJourney(own, passing({}));
  const enter = async (count: number) => {
    await accept(own, orders(await members(own, count)));
    await dispatchAll();
    return (await runsOf(journey.id)).length;
  };
  expect(await enter(50)).toBe(50);
  await republish(own, journey.id, passing({ limits: { total: 20 } }), 2);
  expect(await enter(5)).toBe(50);
  await republish(own, journey.id, passing({ limits: { total: 60, daily: 100 } }), 3);
  expect(await enter(30)).toBe(60);
  await republish(own, journey.id, passing({ limits: { daily: 65 } }), 4);
  expect(await enter(30)).toBe(65);
});

it("counts who entered between, without limits, when a drawing that had them is live again", async () => {
  const own = await shop();
  const limited = passing({ limits: { total: 5, daily: 5 } });
  const journey = await published(own, limited);
  const enter = async (count: number) => {
    await accept(own, orders(await members(own, count)));
    await dispatchAll();
    return (await runsOf(journey.id)).length;
  };
  expect(await enter(3)).toBe(3);
  await publishAgain(own, journey.id, passing({}));
  expect(await enter(10)).toBe(13);
  await publishAgain(own, journey.id, limited);
  expect(await enter(10)).toBe(13);
});

it("gives no room to whom a pause turned away", async () => {
  const own = await shop();
  const journey = await liveJourney(own, waiting({ limits: { total: 5 } }));
  const order = async () => {
    await accept(own, orders(await members(own, 4)));
    await dispatchAll();
  };
  await peek(sql`UPDATE journey SET state = 'paused' WHERE id = ${journey.id}`);
  await order();
  expect(await away(own)).toEqual([{ reason: "paused", n: 4 }]);
  await peek(sql`UPDATE journey SET state = 'live' WHERE id = ${journey.id}`);
  await order();
  expect(await runsOf(journey.id)).toHaveLength(4);
});

it("has no more runs of one member on their way than a person can have, as of a till's guest, unless it says how many", async () => {
  const own = await shop();
  const reentry = { is: "per_key", key: "order_id" };
  const journey = await liveJourney(own, waiting({ reentry }));
  const roomy = await liveJourney(own, waiting({ reentry, limits: { perMember: 1000 } }));
  const guest = await one(own);
  await accept(
    own,
    Array.from({ length: MOST_LIVE + 20 }, (_, i) => i).flatMap((i) => orders([guest], { order_id: `o${i}` })),
  );
  await dispatchAll();
  expect([await runsOf(journey.id), await runsOf(roomy.id)].map(({ length }) => length)).toEqual([
    MOST_LIVE,
    MOST_LIVE + 20,
  ]);
  // Those of one turn are one line.
  expect(await away(own)).toEqual([{ reason: "limit_member", n: expect.any(Number) }]);
});

it("counts a member's runs after the event has ended some, as the simulator does", async () => {
  const own = await shop();
  const journey = await liveJourney(own, {
    ...waiting({ reentry: { is: "per_key", key: "order_id" } }),
    exits: [{ on: "order_paid", when: { field: "event.is_last", is: "eq", value: true } }],
  });
  const guest = await one(own);
  const order = async (from: number, count: number, more: object = {}) => {
    await accept(
      own,
      Array.from({ length: count }, (_, i) => orders([guest], { order_id: `o${from + i}`, ...more })).flat(),
    );
    await dispatchAll();
    return (await runsOf(journey.id)).filter(({ state }) => state !== "exited").length;
  };
  expect(await order(0, MOST_LIVE)).toBe(MOST_LIVE);
  expect(await order(MOST_LIVE, 1, { is_last: true })).toBe(1);
  expect(await away(own)).toEqual([]);
});

it.each([
  ["total", { total: 37 }, "limit_total"],
  ["daily", { daily: 37 }, "limit_daily"],
  ["live", { live: 37 }, "limit_live"],
])("holds the %s limit when all lanes let in at once", async (_name, limits, reason) => {
  const own = await shop();
  const journey = await liveJourney(own, waiting({ limits }));
  await accept(own, orders(await members(own, 200)));
  await dispatchAtOnce();
  expect(await runsOf(journey.id)).toHaveLength(37);
  expect(await away(own)).toEqual([{ reason, n: 163 }]);
});

it("begins a new day with the whole daily limit, and never exceeds the total", async () => {
  const own = await shop();
  const journey = await liveJourney(own, waiting({ limits: { daily: 10, total: 15 } }));
  await accept(own, orders(await members(own, 12)));
  await dispatchAll();
  expect(await runsOf(journey.id)).toHaveLength(10);
  await peek(sql`UPDATE journey_count SET day = day - 1 WHERE journey_id = ${journey.id}`);
  await accept(own, orders(await members(own, 12)));
  await dispatchAll();
  expect(await runsOf(journey.id)).toHaveLength(15);
});

it("counts those who entered before a limit was published", async () => {
  const own = await shop();
  const journey = await liveJourney(own, waiting({ limits: { total: 5 } }));
  await accept(own, orders(await members(own, 3)));
  await dispatchAll();
  // As another plan's count: it is taken anew from the entries.
  await peek(sql`UPDATE journey_count SET plan_id = 'older', total = 0 WHERE journey_id = ${journey.id}`);
  await accept(own, orders(await members(own, 10)));
  await dispatchAll();
  expect(await runsOf(journey.id)).toHaveLength(5);
});

it("takes room again when runs have ended", async () => {
  const own = await shop();
  const journey = await liveJourney(own, passing({ limits: { live: 2 }, reentry: { is: "always" } }));
  const member = await one(own);
  for (let i = 0; i < 4; i++) {
    await accept(own, orders([member]));
    await dispatchAll();
    await conductAll(journey.shard);
  }
  expect(await runsOf(journey.id)).toHaveLength(4);
});

it("lets one journey of a group have a member, the one with the higher priority", async () => {
  const own = await shop();
  const group = { name: "birthday", days: 30 };
  const low = await liveJourney(own, passing({ group, priority: 1 }, "low"));
  const high = await liveJourney(own, passing({ group, priority: 9 }, "high"));
  const all = await members(own, 60);
  await accept(own, orders(all));
  await dispatchAtOnce();
  expect([(await runsOf(low.id)).length, (await runsOf(high.id)).length]).toEqual([0, 60]);
  expect(await away(own)).toEqual([{ reason: "excluded", n: 60 }]);
  // The holder's own re-entry is its own rule's business.
  await conductAll(high.shard);
  await accept(own, orders(all.slice(0, 1)));
  await dispatchAll();
  expect(await runsOf(high.id)).toHaveLength(61);
});

it("gives a member free after the group's days, but not while the run is on its way", async () => {
  const own = await shop();
  const group = { name: "g", days: 7 };
  const first = await liveJourney(own, waiting({ group, priority: 9 }, "first"));
  const member = await one(own);
  await accept(own, orders([member]));
  await dispatchAll();
  await conductAll(first.shard);
  const second = await liveJourney(own, waiting({ group, priority: 99 }, "second"));
  const order = async () => {
    await accept(own, orders([member]));
    await dispatchAll();
    return (await runsOf(second.id)).length;
  };
  await peek(sql`UPDATE entry_group SET until = now() - interval '1 second' WHERE workspace_id = ${own.workspace}`);
  expect(await order()).toBe(0);
  await engine((tx) => tx.run(sql`UPDATE run SET state = 'done' WHERE journey_id = ${first.id}`));
  expect(await order()).toBe(1);
});

it("tells that a paused journey turned a member away, and takes no one in", async () => {
  const own = await shop();
  const journey = await liveJourney(own, waiting({}));
  await peek(sql`UPDATE journey SET state = 'paused' WHERE id = ${journey.id}`);
  await accept(own, orders(await members(own, 2)));
  await dispatchAll();
  expect(await runsOf(journey.id)).toEqual([]);
  expect(await away(own)).toEqual([{ reason: "paused", n: 2 }]);
});

it("forgets after 30 days who was turned away", async () => {
  const own = await shop();
  const journey = await liveJourney(own, waiting({ reentry: { is: "once" } }));
  const member = await one(own);
  await accept(own, orders([member, member]));
  await dispatchAll();
  expect(await away(own)).toHaveLength(1);
  await forgetTurnedAway(100);
  expect(await away(own)).toHaveLength(1);
  await peek(sql`UPDATE turned_away SET at = at - interval '31 days' WHERE journey_id = ${journey.id}`);
  await forgetTurnedAway(100);
  expect(await away(own)).toEqual([]);
});
