import { expect, it } from "vitest";
import { engine, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { issueOffer } from "../issue-offer";
import { listOffers } from "../list";
import { readOffers } from "../offer-view";
import { voidCoupon } from "../void";
import { cancelRedemption } from "./cancel-redemption";
import { redeem } from "./redeem";

await database({ max: 24 });

const value = <T>(outcome: { ok: true; value: T } | { ok: false }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
};
const told = async (own: Shop) => value(await call(listOffers, own.actor(), {})).items[0];
/** As the coupons themselves say. */
const counted = async ({ offer }: Shop) =>
  (
    await peek<{ n: number }>(
      sql`SELECT count(*)::int AS n FROM coupon WHERE offer_id = ${offer} AND state = 'redeemed'`,
    )
  )[0]?.n;

it("tells how many coupons are redeemed, however many tills confirm, confirm twice and cancel at once", async () => {
  const own = await shop();
  const all = await members(own, 24);
  const coupons = await Promise.all(
    all.map(async (member) => value(await call(issueOffer, own.actor(), { offer: own.offer, member }))),
  );
  const confirm = ({ code }: { code: string }) => call(redeem, own.actor("cashier"), { code, amount: 18_850 });
  const first = await Promise.all([...coupons, ...coupons].map(confirm));
  const redemptions = first.flatMap((answer) => (answer.ok ? [answer.value.id] : []));
  expect([redemptions.length, (await told(own))?.redeemed]).toEqual([24, 24]);
  const cancelled = redemptions.slice(0, 10);
  await Promise.all(
    [...cancelled, ...cancelled].map((redemption) => call(cancelRedemption, own.actor("cashier"), { redemption })),
  );
  expect((await told(own))?.redeemed).toBe(14);
  // Of those that are their members' again some are voided while others are used again.
  await Promise.all(
    coupons.map((coupon, i) =>
      i % 2 ? call(voidCoupon, own.actor(), { coupon: coupon.id, reason: "lost" }) : confirm(coupon),
    ),
  );
  const redeemed = await counted(own);
  expect([(await told(own))?.redeemed, redeemed]).toEqual([redeemed, expect.any(Number)]);
});

it("reads no coupon to tell of offers", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  const id = newId();
  await engine((tx) =>
    tx.run(sql`
      INSERT INTO coupon (workspace_id, id, offer_id, member_id, code, state, issued_at, source)
      VALUES (${own.workspace}, ${id}, ${own.offer}, ${member}, 'NEVERASKED22', 'redeemed', now(), 'test')`),
  );
  const plan: string[] = [];
  await engine((tx) =>
    readOffers(
      {
        ...tx,
        rows: async (query) => {
          const lines = await tx.rows<{ "QUERY PLAN": string }>(sql`EXPLAIN ${query}`);
          plan.push(...lines.map((line) => line["QUERY PLAN"]));
          return [];
        },
      },
      own.workspace,
      sql`true`,
      50,
    ),
  );
  expect(plan.join("\n")).toContain("on offer_redeemed");
  expect(plan.join("\n")).not.toContain("on coupon");
});

it("finds the redemptions of an order by its number, in whatever state they are", async () => {
  const { workspace } = await shop();
  const plan = await engine(async (tx) => {
    // The table is small here: what is left of the planner's choice is whether an index can answer at all.
    await tx.run(sql`SET LOCAL enable_seqscan = off`);
    return tx.rows<{ "QUERY PLAN": string }>(
      sql`EXPLAIN SELECT id FROM redemption r WHERE r.workspace_id = ${workspace} AND r.order_ref = 'A-1'`,
    );
  });
  expect(plan.map((line) => line["QUERY PLAN"]).join("\n")).toMatch(/Index.* redemption_order/);
});
