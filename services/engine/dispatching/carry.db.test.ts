import { expect, it, onTestFinished } from "vitest";
import { type JourneyId, laneOf, type MemberId } from "@/core/ids";
import { engine, listen, peek, Sql, sql } from "@/platform/db";
import { database, meanwhile } from "@/tests/harness/database";
import {
  accept,
  conductAll,
  dispatchAll,
  dispatchLane,
  event,
  liveJourney,
  members,
  runsOf,
} from "@/tests/harness/journey";
import { type Link, line } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { takeJourney } from "../../plans/hold";

await database();

const gift = (own: Shop, id = "gift"): Link => [
  { id, kind: "reward", config: { grants: [{ is: "coupon", offer: own.offer }] } },
  "granted",
];
const week: Link = [
  { id: "week", kind: "wait-for", config: { event: "visited", when: { all: [] }, within: "P7D" } },
  "happened",
];

async function pay(own: Shop, count = 1): Promise<MemberId[]> {
  const all = await members(own, count);
  await accept(
    own,
    all.map((member, i) => ({ member, event: event("order_paid", { amount: 100, order_id: `o${i}` }) })),
  );
  return all;
}
const visit = (own: Shop, all: readonly MemberId[]) =>
  accept(
    own,
    all.map((member) => ({ member, event: event("visited") })),
  );
const states = async (journey: JourneyId) => (await runsOf(journey)).map(({ step, state }) => `${step} ${state}`);
/** Hears which way a journey's conductor is told from here on. */
async function rings(journey: JourneyId): Promise<string[]> {
  const told: string[] = [];
  const unlisten = await listen(
    ["start", "bell"],
    (way, whom) => whom.includes(journey) && told.push(way),
    () => {},
  );
  onTestFinished(unlisten);
  return told;
}
const sleep = (journey: JourneyId, until: string | null) =>
  peek(sql`UPDATE conductor SET is_awake = false, next_due = now() + ${until}::interval WHERE subject = ${journey}`);
const coupons = async (own: Shop) =>
  (await peek<{ n: number }>(sql`SELECT count(*)::int AS n FROM coupon WHERE workspace_id = ${own.workspace}`))[0]?.n;

it("moves few runs in the turn that readied them, from wait to wait, with all they get", async () => {
  const own = await shop();
  const { id } = await liveJourney(own, line([gift(own), week, gift(own, "more")]));
  const [member] = await pay(own);
  if (!member) throw new Error("no member");
  await dispatchAll();
  expect([await states(id), await coupons(own)]).toEqual([["week.start parked"], 1]);
  await visit(own, [member]);
  await dispatchAll();
  expect([await states(id), await coupons(own)]).toEqual([["more.start done"], 2]);
  const passed = await peek(sql`
    SELECT step, port, sum(count)::int AS n FROM traffic WHERE journey_id = ${id} GROUP BY 1, 2 ORDER BY 1`);
  expect(passed).toEqual([
    { step: "gift.start", port: "granted", n: 1 },
    { step: "more.start", port: "granted", n: 1 },
    { step: "week.start", port: "happened", n: 1 },
  ]);
});

it("leaves a crowd to the conductor, and tells it", async () => {
  const own = await shop();
  const { id, shard } = await liveJourney(own, line([gift(own), week]));
  const told = await rings(id);
  // So many that each lane has a crowd of its own, whoever they are.
  await pay(own, 1000);
  await dispatchAll();
  expect(new Set(await states(id))).toEqual(new Set(["gift.start ready"]));
  await until(() => told.includes("start"), { what: "the ring" });
  await conductAll(shard);
  expect(await coupons(own)).toBe(1000);
});

it.each(["live", "paused"])(
  "rings for what another worker's turn had readied, and that still stands, in a journey that is %s",
  async (state) => {
    const own = await shop();
    const { id } = await liveJourney(own, line([gift(own), week]));
    const [member] = await pay(own);
    if (!member) throw new Error("no member");
    await dispatchAll({ carries: false });
    await sleep(id, null);
    await peek(sql`UPDATE journey SET state = ${state} WHERE id = ${id}`);
    const told = await rings(id);
    await visit(own, [member]);
    await dispatchAll();
    // It is not moved here: that its conductor has failed to is not known.
    expect(await states(id)).toEqual(["gift.start ready"]);
    await peek(sql`SELECT pg_notify('start', ${`${own.workspace} last ${id}`})`);
    await until(() => told.length === (state === "live" ? 2 : 1), { what: "the rings, and the last word" });
  },
);

it("tells a sleeping conductor of an earlier instant to wake at, and of no later one", async () => {
  const own = await shop();
  const { id } = await liveJourney(own, line([week]));
  const told = await rings(id);
  await sleep(id, null);
  await pay(own);
  await dispatchAll();
  await until(() => told.length === 1, { what: "the first ring" });
  await sleep(id, "6 days");
  await pay(own);
  await dispatchAll();
  await sleep(id, "8 days");
  await pay(own);
  await dispatchAll();
  await until(() => told.length === 2, { what: "the ring for the earlier one" });
  expect([told, await states(id)]).toEqual([["start", "start"], Array(3).fill("week.start parked")]);
});

it("moves nobody in a paused journey, though its waits are still won", async () => {
  const own = await shop();
  const { id, shard } = await liveJourney(own, line([week, gift(own)]));
  const all = await pay(own);
  await dispatchAll();
  await peek(sql`UPDATE journey SET state = 'paused' WHERE id = ${id}`);
  await visit(own, all);
  await dispatchAll();
  expect(await states(id)).toEqual(["week.start ready"]);
  await peek(sql`UPDATE journey SET state = 'live' WHERE id = ${id}`);
  await conductAll(shard);
  expect(await states(id)).toEqual(["gift.start done"]);
});

it("does not wait for whoever is about to publish or pause: the wait is won, and the conductor moves on", async () => {
  const own = await shop();
  const { id, shard } = await liveJourney(own, line([week, gift(own)]));
  const all = await pay(own);
  await dispatchAll();
  await engine(async (tx) => {
    takeJourney(tx, id);
    await tx.flush();
    await meanwhile(async () => {
      await visit(own, all);
      await dispatchAll();
      expect(await states(id)).toEqual(["week.start ready"]);
    });
  });
  await conductAll(shard);
  expect(await states(id)).toEqual(["gift.start done"]);
});

it("leaves a run whose stock somebody holds to its conductor, so that the lane goes on, and for a while the next ones too", async () => {
  const own = await shop();
  await peek(sql`UPDATE offer_stock SET stock = 5 WHERE offer_id = ${own.offer}`);
  const { id, shard } = await liveJourney(own, line([gift(own)]));
  await engine(async (tx) => {
    await tx.run(sql`SELECT 1 FROM offer_stock WHERE offer_id = ${own.offer} FOR UPDATE`);
    await meanwhile(async () => {
      await pay(own);
      await dispatchAll();
      expect(await states(id)).toEqual(["gift.start ready"]);
    });
  });
  await pay(own);
  await dispatchAll();
  expect(await states(id)).toEqual(["gift.start ready", "gift.start ready"]);
  await conductAll(shard);
  expect([await states(id), await coupons(own)]).toEqual([["gift.start done", "gift.start done"], 2]);
});

it("buries no event for what its run cannot bear: the run fails alone, with its reason", async () => {
  const own = await shop();
  const { id, shard } = await liveJourney(own, line([gift(own)]));
  const [broken] = await pay(own, 2);
  // DDL takes no parameters.
  await peek(new Sql([`ALTER TABLE coupon ADD CONSTRAINT broken CHECK (member_id <> '${broken}')`], []));
  await dispatchAll();
  await conductAll(shard);
  expect((await states(id)).sort()).toEqual(["gift.start done", "gift.start failed"]);
  expect(await peek(sql`SELECT 1 FROM dead_letter WHERE workspace_id = ${own.workspace}`)).toEqual([]);
  await peek(sql`ALTER TABLE coupon DROP CONSTRAINT broken`);
});

it("takes several workspaces in one order in every lane, so that lanes never wait for each other in a circle", async () => {
  const shops = [await shop(), await shop()];
  const journeys = await Promise.all(shops.map((own) => liveJourney(own, line([gift(own)]))));
  const inLane = async (own: Shop, lane: number) =>
    (await members(own, 200)).find((member) => laneOf(own.workspace, member) === lane) as MemberId;
  const known = await Promise.all(shops.map(async (own) => [await inLane(own, 0), await inLane(own, 1)] as const));
  for (let i = 0; i < 8; i++) {
    for (const [lane, order] of [
      [0, shops],
      [1, [...shops].reverse()],
    ] as const)
      for (const own of order) {
        const member = known[shops.indexOf(own)]?.[lane] as MemberId;
        await accept(own, [{ member, event: event("order_paid", { amount: 100, order_id: `o${i}` }) }]);
      }
    await Promise.all([dispatchLane(0), dispatchLane(1)]);
  }
  const all = (await Promise.all(journeys.map(({ id }) => states(id)))).flat();
  expect(new Set(all)).toEqual(new Set(["gift.start done"]));
});
