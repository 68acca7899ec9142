import { setTimeout as pause } from "node:timers/promises";
import type { JourneyId, OfferId } from "@/core/ids";
import { OfferTerms } from "@/core/loyalty/offer";
import { engine, json, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { liveJourney } from "../harness/journey";
import { type Shop, shop } from "../harness/shop";
import { until } from "../harness/until";
import { bigOrder, customers, track, WAIT_MS } from "./customers";
import { count, type Finding } from "./findings";
import { inDoubt, invariants } from "./invariants";
import type { Verdict } from "./procedure";
import { Recovery, worstLateness, worstWait } from "./recovery";
import { Till } from "./till";
import type { World } from "./world";

export type Scene = {
  world: World;
  shop: Shop;
  journey: JourneyId;
  recovery: Recovery;
  till: Till;
  /** How many got the coupon that runs out. */
  granted(): Promise<number>;
  /** Each order once more, as a sender says it who has to: also those that are still to come. */
  tellAgain(): Promise<void>;
};
export type Options = {
  runs?: number;
  stock?: number;
  /** The share of members who are gold: they ask for the coupon that runs out. */
  gold?: number;
  /** About how long the strikes take: orders are spread over it, so that each strike meets some on every stretch of their way. */
  lastsMs: number;
  /** Between two batches of orders. */
  tickMs?: number;
  /** Breaks what it breaks while orders come in, and says how often it did. */
  strike(scene: Scene): Promise<number>;
  /** Must be true besides the invariants. */
  also?(scene: Scene): Promise<Finding[]>;
  /** How long it may take until all is at its end. */
  deadlineMs?: number;
  /** How many events are to be buried. */
  deadLetters?: number;
  /** How many messages may reach their provider a second time, asked at the end; by default none. */
  sentAgain?(): number;
};

/** Kept until the last strike is over, so that it too meets orders, also where a busy machine takes thrice as long for each. */
const LAST_SHARE = 0.25;
const LAST_TICK_MS = 1000;
/** Of these one after the other is placed while it is waited for somebody to move: the others may have run out where strikes take long. */
const RESERVE = 60;
/** Half of the orders come few at a time, and are moved as they come; half in crowds, which their conductors move. */
const CROWD = 16;
/** Orders in one request when all are said again. */
const AGAIN = 50;

/** Orders of as many members, half of them for a coupon that runs out, and a till that redeems; strikes meanwhile; then the ledger is asked. */
export async function ordersUnder(
  world: World,
  {
    runs = 2000,
    stock = Math.round(runs * 0.35),
    lastsMs,
    tickMs = 250,
    strike,
    also,
    gold = 0.5,
    deadlineMs = 150_000,
    deadLetters = 0,
    sentAgain = () => 0,
  }: Options,
): Promise<Verdict> {
  const own = await shop({ stock });
  const unlimited = await secondOffer(own);
  const journey = await liveJourney(own, bigOrder(own.offer, unlimited));
  const buyers = await customers(own, runs, gold);
  const reserve = buyers.slice(-RESERVE);
  const order = (some: typeof buyers): Promise<void> =>
    track(
      world.apiUrl,
      own.writeKey,
      some.map(({ userId }) => ({
        userId,
        messageId: `order-${userId}`,
        event: "order_paid",
        properties: { amount: 12_000 },
      })),
    );
  const scene: Scene = {
    world,
    shop: own,
    journey: journey.id,
    recovery: new Recovery(async () => {
      const [one] = reserve.splice(0, 1);
      if (one) await order([one]);
    }),
    till: new Till(world, own),
    granted: () =>
      count(sql`SELECT count(*) AS n FROM coupon WHERE workspace_id = ${own.workspace} AND offer_id = ${own.offer}`),
    async tellAgain() {
      for (let i = 0; i < buyers.length; i += AGAIN) await order(buyers.slice(i, i + AGAIN));
    },
  };
  const { till } = scene;
  const began = Date.now();
  let isStriking = true;
  const striking = strike(scene).finally(() => {
    isStriking = false;
  });
  // Its own failure is told where both are waited for.
  const struck = striking.catch(() => {});
  const ordering = (async () => {
    const coming = buyers.slice(0, -RESERVE);
    const kept = Math.floor(coming.length * (1 - LAST_SHARE));
    const share = Math.ceil((buyers.length * tickMs) / lastsMs);
    const next = (): number => (Math.random() < 1 / CROWD ? (share * CROWD) >> 1 : Math.ceil(share / 2));
    for (let i = 0; i < coming.length; ) {
      const isLast = i >= kept;
      const size = isStriking ? (isLast ? 1 : Math.min(next(), kept - i)) : 50;
      await order(coming.slice(i, i + size));
      i += size;
      if (isStriking) await pause(isLast ? Math.max(tickMs, LAST_TICK_MS) : tickMs);
    }
    await struck;
    if (reserve.length > 0) await order(reserve);
  })();
  const { faults, sent } = await Promise.all([striking, ordering])
    .then(async ([faults]) => {
      const sent = Date.now();
      await atTheirEnd(runs, deadlineMs);
      return { faults, sent };
    })
    .finally(() => till.close());
  const coupons = Math.min(stock, runs * gold) + runs * (1 - gold);
  const findings = await invariants(
    own.workspace,
    journey.id,
    { members: runs, stock, limited: own.offer, deadLetters, sentAgain: sentAgain() },
    world.sandbox?.url ?? "",
  );
  return {
    faults,
    over: `${runs} runs in ${Math.round((sent - began) / 1000)} s`,
    findings: [...findings, ...(await till.findings(coupons / 10)), ...((await also?.(scene)) ?? [])],
    says: `all at their end ${Math.round((Date.now() - sent) / 1000)} s after the last order; an order waited ${await worstWait()} ms at most, a time-out ${await worstLateness(WAIT_MS)} ms; ${till.says}; ${await inDoubt(own.workspace)}`,
  };
}

/** Nothing is left to act on: no inbox row, no live run, no queued message. */
export async function atTheirEnd(runs: number, deadlineMs: number): Promise<void> {
  const left = (): Promise<{ inbox: number; live: number; queued: number; runs: number }[]> =>
    peek(sql`
      SELECT (SELECT count(*) FROM inbox)::int AS inbox, (SELECT count(*) FROM run WHERE state IN ('ready', 'parked'))::int AS live,
        (SELECT count(*) FROM message WHERE state = 'queued')::int AS queued, (SELECT count(*) FROM run)::int AS runs`);
  let last: unknown;
  await until(
    async () => {
      const [now] = await left();
      last = now;
      return now && now.inbox === 0 && now.live === 0 && now.queued === 0 && now.runs >= runs;
    },
    { deadline: deadlineMs, every: 500, what: () => `the end of all runs (${JSON.stringify(last)})` },
  );
}

export async function secondOffer({ workspace }: Shop): Promise<OfferId> {
  const offer = newId<OfferId>();
  const terms = OfferTerms.parse({
    discount: { kind: "amount_off", threshold: 0, amount: 500 },
    validity: { is: "days", days: 30 },
  });
  await engine(async (tx) => {
    await tx.run(
      sql`INSERT INTO offer (workspace_id, id, name, kind, terms) VALUES (${workspace}, ${offer}, '5 off', 'amount_off', ${json(terms)})`,
    );
    await tx.run(sql`INSERT INTO offer_stock (workspace_id, offer_id) VALUES (${workspace}, ${offer})`);
  });
  return offer;
}
