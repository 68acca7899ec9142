import { describe, expect, it } from "vitest";
import type { MemberId, OfferId } from "@/core/ids";
import { OfferTerms } from "@/core/loyalty/offer";
import { engine, json, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { callIn } from "@/services/journeys/call-in";
import { grantConsent } from "@/services/members/consents";
import { addMemberTags } from "@/services/members/tags";
import { mergeMember } from "@/services/merging/merge";
import { getPoints } from "@/services/points/balance";
import { earnPoints } from "@/services/points/earn-points";
import { database } from "@/tests/harness/database";
import { liveJourney, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { listCoupons } from "../coupons";
import { issueOffer } from "../issue-offer";
import { cancelRedemption } from "./cancel-redemption";
import { evaluate } from "./evaluate";
import { redeem } from "./redeem";
import { listRedemptions } from "./redemptions";

await database({ max: 24 });

const value = <T>(outcome: { ok: true; value: T } | { ok: false }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
};
const one = async (place: Shop): Promise<MemberId> => {
  const [member] = await members(place, 1);
  if (!member) throw new Error("no member");
  return member;
};
const give = async ({ offer, actor }: Shop, member: MemberId, of = offer) =>
  value(await call(issueOffer, actor(), { offer: of, member }));

async function stackable({ workspace }: Shop): Promise<OfferId> {
  const id = newId<OfferId>();
  const terms = OfferTerms.parse({
    discount: { kind: "cash_voucher", amount: 100 },
    validity: { is: "days", days: 30 },
    stackable: true,
  });
  await engine(async (tx) => {
    await tx.run(
      sql`INSERT INTO offer (workspace_id, id, name, kind, terms) VALUES (${workspace}, ${id}, 'also', 'cash_voucher', ${json(terms)})`,
    );
    await tx.run(sql`INSERT INTO offer_stock (workspace_id, offer_id) VALUES (${workspace}, ${id})`);
  });
  return id;
}

describe("an order", () => {
  it("takes one coupon of twenty that are confirmed for it at once; the others stay their members'", async () => {
    const place = await shop();
    const member = await one(place);
    const coupons = await Promise.all(Array.from({ length: 20 }, () => give(place, member)));
    const order = { amount: 18_850, orderRef: "A-17", store: place.storeCode };
    const answers = await Promise.all(
      coupons.map(({ code }) => call(redeem, place.actor("cashier"), { ...order, code })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(
      answers.filter(
        (answer) =>
          !answer.ok &&
          answer.reason === "order_has_coupon" &&
          answer.detail?.includes("stackable") &&
          answer.chinese?.includes("叠加"),
      ),
    ).toHaveLength(19);
    const seen = value(await call(evaluate, place.actor("cashier"), { ...order, member }));
    expect([seen.best, new Set(seen.choices.map(({ reason }) => reason))]).toEqual([
      null,
      new Set(["order_has_coupon"]),
    ]);
  });

  it("is another one in another store, on another day, under another number, or without one", async () => {
    const place = await shop();
    const member = await one(place);
    const coupons = await Promise.all(Array.from({ length: 5 }, () => give(place, member)));
    const order = { amount: 18_850, orderRef: "17", store: place.storeCode };
    const now = Date.now();
    const tries: [object, Date?][] = [
      [order, new Date(now)],
      [{ ...order, store: undefined }, new Date(now)],
      [{ ...order, orderRef: "18" }, new Date(now)],
      [{ ...order, orderRef: undefined }, new Date(now)],
      [order, new Date(now + 86_400_000)],
    ];
    for (const [i, [input, at]] of tries.entries())
      value(await call(redeem, place.actor(), { ...input, code: coupons[i]?.code }, at ? { now: at } : {}));
  });

  it("takes another coupon when the first redemption was cancelled, and the same confirmation again", async () => {
    const place = await shop();
    const member = await one(place);
    const [a, b] = [await give(place, member), await give(place, member)];
    const order = { amount: 18_850, orderRef: "A-17" };
    const idempotency = { route: "POST /redemptions/confirm", key: "till-1/17" };
    const first = value(await call(redeem, place.actor(), { ...order, code: a.code }, { idempotency }));
    expect(value(await call(redeem, place.actor(), { ...order, code: a.code }, { idempotency })).id).toBe(first.id);
    expect(await call(redeem, place.actor(), { ...order, code: b.code })).toMatchObject({ reason: "order_has_coupon" });
    value(await call(cancelRedemption, place.actor(), { redemption: first.id }));
    value(await call(redeem, place.actor(), { ...order, code: b.code }));
  });

  it("takes several where all of them are stackable", async () => {
    const place = await shop();
    const member = await one(place);
    const also = await stackable(place);
    const [a, b, alone] = [await give(place, member, also), await give(place, member, also), await give(place, member)];
    const order = { amount: 18_850, orderRef: "A-17" };
    for (const { code } of [a, b]) value(await call(redeem, place.actor(), { ...order, code }));
    expect(await call(redeem, place.actor(), { ...order, code: alone.code })).toMatchObject({
      reason: "order_has_coupon",
    });
  });
});

describe("the id of a member that was merged away", () => {
  it("means the survivor wherever a till or a program still has it", async () => {
    const place = await shop();
    const [from, into] = [await one(place), await one(place)];
    const coupon = await give(place, from);
    value(await call(mergeMember, place.actor(), { member: from, into }));
    const till = place.actor("cashier");
    const order = { member: from, amount: 18_850 };
    expect(value(await call(evaluate, till, order)).best).toMatchObject({ coupon: coupon.id, member: into });
    expect(value(await call(evaluate, till, { ...order, code: coupon.code })).best).toMatchObject({
      coupon: coupon.id,
    });
    expect(value(await call(redeem, till, { ...order, code: coupon.code }))).toMatchObject({ member: into });
    const owner = place.actor();
    expect(await give(place, from)).toMatchObject({ member: into });
    expect(value(await call(listCoupons, owner, { member: from })).items).toHaveLength(2);
    expect(value(await call(listRedemptions, owner, { member: from })).items).toHaveLength(1);
    expect(value(await call(earnPoints, owner, { member: from, points: 7, reason: "x" }))).toMatchObject({
      member: into,
      balance: 7,
    });
    expect(value(await call(getPoints, owner, { member: from }))).toMatchObject({ member: into, balance: 7 });
    expect(value(await call(addMemberTags, owner, { member: from, tags: ["vip"] }))).toMatchObject({ member: into });
    const consent = { channel: "sms", evidence: "a signed sheet" };
    expect(value(await call(grantConsent, owner, { ...consent, member: from }))).toMatchObject({ member: into });
    const called = await liveJourney(place, {
      name: "Called",
      entry: "start",
      nodes: [{ id: "start", kind: "on-call", config: { when: { all: [] } } }],
      edges: [],
      settings: {},
    });
    value(await call(callIn, owner, { journey: called.id, members: [{ member: from }] }));
    expect(
      await engine((tx) =>
        tx.rows(
          sql`SELECT DISTINCT member_id AS member FROM inbox WHERE workspace_id = ${place.workspace} AND event ->> 'name' = 'journey_start'`,
        ),
      ),
    ).toEqual([{ member: into }]);
  });
});
