import { expect, it, onTestFinished } from "vitest";
import { type JourneyId, journeyConductor, laneOf } from "@/core/ids";
import { engine, listen, peek, Sql, sql } from "@/platform/db";
import { nearDue } from "@/services/rings/conductors";
import { database, meanwhile } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { type Link, line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { takeJourney } from "../plans/hold";
import { dispatch } from "./dispatching/dispatch";
import { dueTurn } from "./due-turn";

await database();

const minute: Link = [{ id: "minute", kind: "delay", config: { for: "PT1M" } }, "next"];
const hour: Link = [{ id: "hour", kind: "delay", config: { for: "PT1H" } }, "next"];

async function waiting(own: Shop, links: Link[], count = 1) {
  const journey = await liveJourney(own, line(links));
  const all = await members(own, count);
  await accept(
    own,
    all.map((member, i) => ({ member, event: event("order_paid", { amount: 100, order_id: `o${i}` }) })),
  );
  await dispatchAll();
  await conductAll(journey.shard);
  return { ...journey, all };
}
/** Their time is up, as their sleeping conductor knows. */
const pass = async (journey: JourneyId) => {
  await peek(
    sql`UPDATE run SET due_at = now() - interval '1 second' WHERE journey_id = ${journey} AND state = 'parked'`,
  );
  await peek(sql`UPDATE conductor SET is_awake = false, next_due = now() WHERE subject = ${journey}`);
};
const states = async (journey: JourneyId) => (await runsOf(journey)).map(({ step, state }) => `${step} ${state}`);
/** In how many seconds a journey's sleeping conductor is next asked for; null: not at all. */
const next = async (journey: JourneyId) =>
  (
    await peek<{ s: number | null }>(
      sql`SELECT round(extract(epoch FROM next_due - now()))::int AS s FROM conductor WHERE subject = ${journey}`,
    )
  )[0]?.s;
async function starts(journey: JourneyId): Promise<string[]> {
  const told: string[] = [];
  onTestFinished(
    await listen(
      ["start"],
      (way, whom) => whom.includes(journey) && told.push(way),
      () => {},
    ),
  );
  return told;
}

it("moves who is due, to the next wait, and notes when that ends; nobody is started", async () => {
  const own = await shop();
  const { id, shard } = await waiting(own, [minute, tagged("tag", "waited"), hour]);
  const told = await starts(id);
  await pass(id);
  await dueTurn(shard);
  expect(await states(id)).toEqual(["hour.start parked"]);
  expect(await next(id)).toBe(3600);
  await dueTurn(shard);
  expect(await states(id)).toEqual(["hour.start parked"]);
  expect(told).toEqual([]);
});

it("moves a hundred, and starts the conductor for those behind them", async () => {
  const own = await shop();
  const { id, shard } = await waiting(own, [minute, tagged("tag", "waited")], 130);
  const told = await starts(id);
  await pass(id);
  await dueTurn(shard);
  expect((await states(id)).filter((state) => state === "tag.start done")).toHaveLength(100);
  await until(() => told.length === 1, { what: "the start" });
  expect(await next(id)).toBe(2);
});

it("lets events that were accepted in time win, and looks again", async () => {
  const own = await shop();
  const { id, shard, all } = await waiting(own, [
    [{ id: "visit", kind: "wait-for", config: { event: "visited", when: { all: [] }, within: "PT1M" } }, "happened"],
    tagged("tag", "came"),
  ]);
  const [member] = all;
  if (!member) throw new Error("no member");
  const visited = event("visited", {}, { acceptedAt: Date.now() - 2000 });
  await accept(own, [{ member, event: visited }]);
  await peek(sql`UPDATE inbox SET accepted_at = now() - interval '2 seconds' WHERE workspace_id = ${own.workspace}`);
  await pass(id);
  await dueTurn(shard);
  expect(await states(id)).toEqual(["visit.start parked"]);
  expect(await next(id)).toBe(5);
  await dispatchAll();
  expect(await states(id)).toEqual(["tag.start done"]);
});

it("comes to who waited for their events as soon as the last of these is through, without a word to Temporal", async () => {
  const own = await shop();
  const { id, shard, all } = await waiting(own, [minute, tagged("tag", "waited")]);
  const told = await starts(id);
  const [member] = all;
  if (!member) throw new Error("no member");
  await pass(id);
  // A turn takes eight of one member's events that a journey hears.
  await accept(
    own,
    Array.from({ length: 12 }, () => ({
      member,
      event: event("order_paid", { amount: 1 }, { acceptedAt: Date.now() - 2000 }),
    })),
  );
  await peek(sql`UPDATE inbox SET accepted_at = now() - interval '2 seconds' WHERE workspace_id = ${own.workspace}`);
  const due = sql`SELECT count(*)::int AS n FROM run WHERE journey_id = ${id} AND state = 'parked' AND due_at < now()`;
  await dueTurn(shard);
  expect([await peek(due), await next(id)]).toEqual([[{ n: 1 }], 5]);
  const lane = laneOf(own.workspace, member);
  await dispatch(lane);
  expect(await next(id)).toBeGreaterThan(2);
  await dispatch(lane);
  expect(await next(id)).toBeLessThan(0);
  await dueTurn(shard);
  expect([await peek(due), told]).toEqual([[{ n: 0 }], []]);
});

it("looks again for whom another transaction has locked, and starts nobody for them", async () => {
  const own = await shop();
  const { id, shard, all } = await waiting(own, [minute, tagged("tag", "waited")], 2);
  const told = await starts(id);
  await pass(id);
  await engine(async (tx) => {
    await tx.run(sql`SELECT id FROM run WHERE journey_id = ${id} AND member_id = ${all[0]} FOR NO KEY UPDATE`);
    await meanwhile(() => dueTurn(shard));
    expect((await meanwhile(() => states(id))).sort()).toEqual(["minute.start parked", "tag.start done"]);
    expect(await meanwhile(() => next(id))).toBe(0);
  });
  await dueTurn(shard);
  expect(await states(id)).toEqual(["tag.start done", "tag.start done"]);
  expect(told).toEqual([]);
});

it("does nothing while another worker is at it, and moves nobody of a paused journey", async () => {
  const own = await shop();
  const { id, shard } = await waiting(own, [minute, tagged("tag", "waited")]);
  await pass(id);
  await engine(async (tx) => {
    await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${journeyConductor(id, 0)}, 0))`);
    await meanwhile(() => dueTurn(shard));
  });
  expect([await states(id), await next(id)]).toEqual([["minute.start parked"], 0]);
  await peek(sql`UPDATE journey SET state = 'paused' WHERE id = ${id}`);
  await dueTurn(shard);
  expect([await states(id), await next(id)]).toEqual([["minute.start parked"], null]);
});

it("leaves to the conductor what is held up twice, and what breaks: a run then fails alone", async () => {
  const own = await shop();
  const give: Link = [
    { id: "gift", kind: "reward", config: { grants: [{ is: "coupon", offer: own.offer }] } },
    "granted",
  ];
  const { id, shard, all } = await waiting(own, [minute, give], 2);
  const told = await starts(id);
  await pass(id);
  await engine(async (tx) => {
    takeJourney(tx, id);
    await tx.flush();
    await meanwhile(() => dueTurn(shard));
    expect(told).toEqual([]);
    await meanwhile(() => dueTurn(shard));
  });
  await until(() => told.length === 1, { what: "the start for what was held up twice" });
  await pass(id);
  // DDL takes no parameters.
  await peek(new Sql([`ALTER TABLE coupon ADD CONSTRAINT broken CHECK (member_id <> '${all[0]}')`], []));
  await dueTurn(shard);
  await until(() => told.length === 2, { what: "the start for what broke" });
  expect(await states(id)).toEqual(["minute.start parked", "minute.start parked"]);
  await conductAll(shard);
  expect((await states(id)).sort()).toEqual(["gift.start done", "minute.start failed"]);
  await peek(sql`ALTER TABLE coupon DROP CONSTRAINT broken`);
});

it("is asked for by a near instant that a turn wrote, without a word to Temporal", async () => {
  const own = await shop();
  const journey = await liveJourney(own, line([minute, tagged("tag", "waited")]));
  const told = await starts(journey.id);
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await accept(own, [{ member, event: event("order_paid") }]);
  await dispatchAll();
  const near = (await nearDue(120_000)).find(({ journey: id }) => id === journey.id);
  expect(near).toMatchObject({ workspace: own.workspace, shard: 0, conductor: journeyConductor(journey.id, 0) });
  expect(near?.ms).toBeGreaterThan(50_000);
  expect((await nearDue(1000)).some(({ journey: id }) => id === journey.id)).toBe(false);
  expect(told).toEqual([]);
});
