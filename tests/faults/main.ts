import { setTimeout as pause } from "node:timers/promises";
import type { OfferId } from "@/core/ids";
import { OfferTerms } from "@/core/loyalty/offer";
import { engine, json, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { liveJourney } from "../harness/journey";
import { type Shop, shop } from "../harness/shop";
import { until } from "../harness/until";
import { bigOrder, customers, track } from "./customers";
import { inDoubt, invariants } from "./invariants";
import { type Procedure, procedures } from "./procedures";
import { World } from "./world";

const RUNS = 2000;
const STOCK = 700;
const BATCH = 20;
/** Orders come at this pace, so that every strike meets some on each stretch of their way. */
const BATCH_EVERY_MS = 200;

/** `npm run test:faults [-- part of a procedure's name]`: breaks a whole installation in each way, then asks the ledger what is still true. */
async function main(): Promise<void> {
  const wanted = process.argv[2] ?? "";
  let passed = 0;
  let failed = 0;
  for (const procedure of procedures.filter(({ name }) => name.includes(wanted))) {
    const ok = await run(procedure);
    if (ok) passed++;
    else failed++;
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

async function run(procedure: Procedure): Promise<boolean> {
  const world = new World();
  await world.start();
  try {
    const own = await shop({ stock: STOCK });
    const unlimited = await secondOffer(own);
    const journey = await liveJourney(own, bigOrder(own.offer, unlimited));
    const known = await customers(own, RUNS);
    // Gold and basic alternate, so that the stock runs out midway.
    const order = known
      .map((_, i) => known[i % 2 === 0 ? i >> 1 : (RUNS >> 1) + (i >> 1)])
      .filter((k) => k !== undefined);
    const began = Date.now();
    const sending = (async () => {
      for (let i = 0; i < order.length; i += BATCH) {
        await track(
          world.apiUrl,
          own.writeKey,
          order.slice(i, i + BATCH).map(({ userId }) => ({
            userId,
            messageId: `order-${userId}`,
            event: "order_paid",
            properties: { amount: 12_000 },
          })),
        );
        await pause(BATCH_EVERY_MS);
      }
    })();
    const redeeming = redeem(world, own, sending);
    let strikes = 0;
    for (; strikes < procedure.times; strikes++) {
      const [least, most] = procedure.pauseMs;
      await pause(least + Math.random() * (most - least));
      await procedure.strike(world);
    }
    await sending;
    const sent = Date.now();
    await until(
      async () => {
        const [left] = await peek<{ n: number }>(sql`
        SELECT ((SELECT count(*) FROM inbox) + (SELECT count(*) FROM run WHERE state IN ('ready', 'parked')) + (SELECT count(*) FROM message WHERE state = 'queued'))::int AS n`);
        const [runs] = await peek<{ n: number }>(sql`SELECT count(*)::int AS n FROM run`);
        return left?.n === 0 && runs?.n === RUNS;
      },
      { deadline: 120_000, every: 500, what: "the end of all runs" },
    );
    await redeeming;
    const findings = await invariants(
      own.workspace,
      journey.id,
      { members: RUNS, stock: STOCK, limited: own.offer },
      world.sandbox?.url ?? "",
    );
    const broken = findings.filter(({ holds }) => !holds);
    for (const { what, wanted, found } of broken)
      console.log(`  ✗ ${what}: wanted ${String(wanted)}, found ${String(found)}`);
    const doubt = await inDoubt(own.workspace);
    console.log(
      `${broken.length === 0 ? "✓" : "✗"} ${procedure.name}: ${strikes} faults over ${RUNS} runs in ${Math.round((sent - began) / 1000)} s; all at their end ${Math.round((Date.now() - sent) / 1000)} s after the last order; ${findings.length - broken.length} of ${findings.length} invariants hold; ${doubt} messages in doubt`,
    );
    return broken.length === 0;
  } catch (error) {
    console.log(`✗ ${procedure.name}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    if (process.env.KEEP_FAULTS) console.log(`  logs are in ${world.home}`);
    else await world.stop();
  }
}

async function secondOffer({ workspace }: Shop): Promise<OfferId> {
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

/** A till that redeems about half of the coupons through the API, each twice, as a nervous cashier does. */
async function redeem(world: World, own: Shop, sending: Promise<void>): Promise<void> {
  let isSending = true;
  sending
    .finally(() => {
      isSending = false;
    })
    .catch(() => {});
  const tried = new Set<string>();
  while (isSending) {
    await pause(300);
    const codes = await peek<{ code: string }>(
      sql`SELECT code FROM coupon WHERE workspace_id = ${own.workspace} ORDER BY issued_at DESC LIMIT 200`,
    ).catch(() => []);
    for (const { code } of codes.filter((_, i) => i % 2 === 0).slice(0, 10)) {
      if (tried.has(code)) continue;
      tried.add(code);
      const once = (): Promise<unknown> =>
        fetch(`${world.apiUrl}/api/v1/redemptions/confirm`, {
          method: "POST",
          body: JSON.stringify({ code, basket: { amount: 20_000 } }),
          signal: AbortSignal.timeout(5000),
          headers: { "content-type": "application/json", authorization: `Bearer ${own.apiKey}` },
        }).catch(() => {});
      await Promise.all([once(), once()]);
    }
  }
}

await main();
process.exit();
