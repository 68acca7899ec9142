import { expect, it } from "vitest";
import { engine, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { value } from "@/tests/harness/lifecycle";
import { shop } from "@/tests/harness/shop";
import { call } from "../../access/use-case";
import { listCoupons } from "../coupons";
import { issueOffer } from "../issue-offer";
import { cancelRedemption } from "./cancel-redemption";
import { redeem } from "./redeem";
import { listRedemptions } from "./redemptions";

await database();

it("lists coupons and what became of them by offer, state, time, and what a person types of them", async () => {
  const own = await shop();
  const [first, second] = await members(own, 2);
  if (!first || !second) throw new Error("no members");
  const issue = async (member: string) =>
    value(await call(issueOffer, own.actor(), { offer: own.offer, member: member as typeof first }));
  const [used, givenBack, kept] = [await issue(first), await issue(second), await issue(second)];
  const use = async (code: string, orderRef: string) =>
    value(await call(redeem, own.actor("cashier"), { code, amount: 10_000, orderRef }));
  const one = await use(used.code, "A-1");
  const two = await use(givenBack.code, "A-2");
  value(await call(cancelRedemption, own.actor("cashier"), { redemption: two.id }));
  await engine((tx) =>
    tx.run(
      sql`UPDATE coupon SET issued_at = issued_at - interval '9 days' WHERE workspace_id = ${own.workspace} AND id = ${kept.id}`,
    ),
  );

  const redemptions = async (query: object) =>
    value(await call(listRedemptions, own.actor(), query)).items.map(({ id }) => id);
  expect(await redemptions({ offer: own.offer, within: "week" })).toEqual([two.id, one.id]);
  expect(await redemptions({ state: "confirmed" })).toEqual([one.id]);
  expect(await redemptions({ q: "A-2" })).toEqual([two.id]);
  expect(await redemptions({ q: used.code.toLowerCase() })).toEqual([one.id]);
  expect(await redemptions({ q: second })).toEqual([two.id]);
  expect(await redemptions({ q: "nobody at all" })).toEqual([]);
  expect(await redemptions({ to: "2020-01-01" })).toEqual([]);

  const coupons = async (query: object) => value(await call(listCoupons, own.actor(), query)).items.map(({ id }) => id);
  expect(await coupons({ within: "week" })).toEqual([givenBack.id, used.id]);
  expect(await coupons({ q: kept.code })).toEqual([kept.id]);
  expect(await coupons({ q: first })).toEqual([used.id]);
});
