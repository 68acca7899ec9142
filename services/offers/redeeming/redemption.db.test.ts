import { describe, expect, it } from "vitest";
import type { MemberId, OfferId, WorkspaceId } from "@/core/ids";
import { OfferTerms } from "@/core/loyalty/offer";
import { engine, json, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { getCoupon } from "../coupons";
import { issueOffer } from "../issue-offer";
import { updateOffer } from "../update";
import { voidCoupon } from "../void";
import { cancelRedemption } from "./cancel-redemption";
import { evaluate } from "./evaluate";
import { redeem } from "./redeem";
import { listRedemptions } from "./redemptions";

await database({ max: 24 });

async function member(workspace: WorkspaceId): Promise<MemberId> {
  const id = newId<MemberId>();
  await engine((tx) => tx.run(sql`INSERT INTO member (workspace_id, id, name) VALUES (${workspace}, ${id}, '王小明')`));
  return id;
}
const value = <T>(outcome: { ok: true; value: T } | { ok: false }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
};
const issued = async ({ offer, actor, workspace }: Shop) =>
  value(await call(issueOffer, actor(), { offer, member: await member(workspace) }));

describe("redeeming a coupon", () => {
  it("accepts it once of 50 tills that confirm at once without a key, and tells the others why", async () => {
    const place = await shop();
    const coupon = await issued(place);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        call(redeem, place.actor("cashier"), { code: coupon.code, amount: 18_850, orderRef: `order-${i}` }),
      ),
    );
    expect(answers.filter((one) => one.ok)).toHaveLength(1);
    expect(
      answers.filter(
        (one) =>
          !one.ok && one.reason === "coupon_redeemed" && one.detail?.includes("used") && one.chinese?.includes("使用"),
      ),
    ).toHaveLength(49);
    expect(value(await call(listRedemptions, place.actor(), { coupon: coupon.id })).items).toMatchObject([
      { state: "confirmed", amount: 18_850, discount: 2_000, payable: 16_850 },
    ]);
  });

  it("does not use it up for an order of nothing, and says so before", async () => {
    const place = await shop();
    const voucher = OfferTerms.parse({
      discount: { kind: "cash_voucher", amount: 500 },
      validity: { is: "days", days: 30 },
    });
    value(await call(updateOffer, place.actor(), { offer: place.offer, terms: voucher }));
    const coupon = await issued(place);
    const order = { code: coupon.code, amount: 0 };
    expect(value(await call(evaluate, place.actor("cashier"), order))).toMatchObject({
      best: null,
      choices: [{ applies: false, reason: "no_discount" }],
    });
    expect(await call(redeem, place.actor("cashier"), order)).toMatchObject({ ok: false, reason: "no_discount" });
    expect(value(await call(getCoupon, place.actor(), { coupon: coupon.id }))).toMatchObject({ state: "issued" });
  });

  it("answers 50 repeats under one Idempotency-Key with the first answer, and refuses the key for another order", async () => {
    const place = await shop();
    const coupon = await issued(place);
    const idempotency = { route: "POST /redemptions/confirm", key: "till-1/42" };
    const till = place.actor("cashier");
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        call(redeem, till, { code: coupon.code, amount: 18_850, store: place.storeCode }, { idempotency }),
      ),
    );
    expect(new Set(answers.map((one) => (one.ok ? one.value.id : one.reason))).size).toBe(1);
    expect(answers.every((one) => one.ok)).toBe(true);
    expect(
      await call(redeem, till, { code: coupon.code, amount: 1, store: place.storeCode }, { idempotency }),
    ).toMatchObject({ ok: false, reason: "key_reused" });
    expect(value(await call(listRedemptions, place.actor(), { coupon: coupon.id })).items).toHaveLength(1);
  });

  it("takes the code as a cashier types it", async () => {
    const place = await shop();
    const { code } = await issued(place);
    const typed = `${code.slice(0, 4)}-${code.slice(4, 8)} ${code.slice(8)}`.toLowerCase();
    const wide = code.replace(/./g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    expect(value(await call(evaluate, place.actor(), { code: wide, amount: 10_000 })).best?.code).toBe(code);
    expect(value(await call(redeem, place.actor(), { code: typed, amount: 10_000 })).code).toBe(code);
  });

  it("accepts it once of 100 calls under keys of their own, though some ask twice", async () => {
    const place = await shop();
    const coupon = await issued(place);
    const confirm = (n: number) =>
      call(
        redeem,
        place.actor("cashier"),
        { code: coupon.code, amount: 10_000, orderRef: `till-${n}` },
        { idempotency: { route: "POST /redemptions/confirm", key: `till-${n}` } },
      );
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => confirm(i % 70)));
    const accepted = answers.flatMap((one) => (one.ok ? [one.value.id] : []));
    expect(new Set(accepted).size).toBe(1);
    expect(answers.filter((one) => !one.ok && one.reason !== "coupon_redeemed")).toEqual([]);
    // Whoever was accepted hears the same again; nobody else is.
    for (const n of [0, 1, 2])
      expect(await confirm(n)).toMatchObject(answers[n]?.ok ? { ok: true } : { ok: false, reason: "coupon_redeemed" });
    expect(value(await call(listRedemptions, place.actor(), { coupon: coupon.id })).items).toHaveLength(1);
  });

  it("is tried again under the same Idempotency-Key: once the wrong redemption is cancelled, or with the code put right", async () => {
    const place = await shop();
    const { code } = await issued(place);
    const confirm = (typed: string, key: string) =>
      call(
        redeem,
        place.actor("cashier"),
        { code: typed, amount: 10_000 },
        { idempotency: { route: "POST /redemptions/confirm", key } },
      );
    const wrong = value(await call(redeem, place.actor("cashier"), { code, amount: 10_000, orderRef: "next-till" }));
    expect(await confirm(code, "receipt-1")).toMatchObject({ reason: "coupon_redeemed" });
    value(await call(cancelRedemption, place.actor(), { redemption: wrong.id }));
    const first = value(await confirm(code, "receipt-1"));
    expect(value(await confirm(code, "receipt-1")).id).toBe(first.id);
    value(await call(cancelRedemption, place.actor(), { redemption: first.id }));
    expect(await confirm(`${code.slice(1)}A`, "receipt-2")).toMatchObject({ reason: "not_found" });
    expect(value(await confirm(code, "receipt-2")).state).toBe("confirmed");
  });

  it("takes what is true at the confirm, not what an evaluate said before", async () => {
    const place = await shop();
    const [coupon, other] = [await issued(place), await issued(place)];
    const till = place.actor("cashier");
    const order = { code: coupon.code, amount: 10_000 };
    expect(value(await call(evaluate, till, order)).best).toMatchObject({ payable: 8_000 });
    value(await call(redeem, till, { ...order, orderRef: "elsewhere" }));
    expect(await call(redeem, till, order)).toMatchObject({ ok: false, reason: "coupon_redeemed" });
    expect(await call(redeem, till, { code: other.code, amount: 9_999 })).toMatchObject({ reason: "below_threshold" });
    const late = { now: new Date(Date.now() + 31 * 86_400_000) };
    expect(await call(redeem, till, { code: other.code, amount: 10_000 }, late)).toMatchObject({
      ok: false,
      reason: "coupon_expired",
      chinese: expect.stringContaining("到期"),
    });
  });

  it("is not used up at another price than the till was told, where the till says which", async () => {
    const place = await shop();
    const coupon = await issued(place);
    const till = place.actor("cashier");
    const told = value(await call(evaluate, till, { code: coupon.code, amount: 18_000 })).best;
    const dearer = OfferTerms.parse({
      discount: { kind: "amount_off", threshold: 10_000, amount: 1_500 },
      validity: { is: "days", days: 30 },
    });
    value(await call(updateOffer, place.actor(), { offer: place.offer, terms: dearer }));
    const confirm = { code: coupon.code, amount: 18_000, discount: told?.discount };
    expect(await call(redeem, till, confirm)).toMatchObject({
      ok: false,
      reason: "conflict",
      path: ["discount"],
      detail: "This coupon takes 1500 off this order, not 2000; evaluate again.",
      chinese: expect.stringContaining("重新试算"),
    });
    expect(value(await call(redeem, till, { ...confirm, discount: 1_500 }))).toMatchObject({ payable: 16_500 });
  });

  it("gives it back with the end it had: cancelled after that, it is the member's and over", async () => {
    const place = await shop();
    const coupon = await issued(place);
    const used = value(await call(redeem, place.actor(), { code: coupon.code, amount: 10_000 }));
    const late = { now: new Date(Date.now() + 31 * 86_400_000) };
    expect(value(await call(cancelRedemption, place.actor("cashier"), { redemption: used.id }, late)).state).toBe(
      "cancelled",
    );
    expect(value(await call(getCoupon, place.actor(), { coupon: coupon.code }, late)).state).toBe("expired");
    expect(await call(cancelRedemption, place.actor("cashier"), { redemption: used.id }, late)).toMatchObject({
      reason: "redemption_cancelled",
    });
    expect(await call(redeem, place.actor(), { code: coupon.code, amount: 10_000 }, late)).toMatchObject({
      reason: "coupon_expired",
    });
  });

  it("cancels the redemption that is meant, not a later one of the same coupon", async () => {
    const place = await shop();
    const coupon = await issued(place);
    const order = { code: coupon.code, amount: 10_000 };
    const first = value(await call(redeem, place.actor(), order));
    value(await call(cancelRedemption, place.actor(), { redemption: first.id }));
    const second = value(await call(redeem, place.actor(), order));
    expect(await call(cancelRedemption, place.actor(), { redemption: first.id })).toMatchObject({
      reason: "redemption_cancelled",
    });
    expect(value(await call(getCoupon, place.actor(), { coupon: coupon.id })).state).toBe("redeemed");
    expect(value(await call(listRedemptions, place.actor(), { coupon: coupon.id })).items).toMatchObject([
      { id: second.id, state: "confirmed" },
      { id: first.id, state: "cancelled" },
    ]);
  });

  it("gives the coupon back on cancelling, once, and then it can be used again", async () => {
    const place = await shop();
    const coupon = await issued(place);
    const first = value(await call(redeem, place.actor(), { code: coupon.code, amount: 10_000 }));
    const cancelled = await Promise.all(
      Array.from({ length: 10 }, () => call(cancelRedemption, place.actor(), { redemption: first.id })),
    );
    expect(cancelled.filter((one) => one.ok)).toHaveLength(1);
    expect(cancelled.filter((one) => !one.ok && one.reason === "redemption_cancelled")).toHaveLength(9);
    expect(value(await call(getCoupon, place.actor(), { coupon: coupon.code })).state).toBe("issued");
    expect((await call(redeem, place.actor(), { code: coupon.code, amount: 10_000 })).ok).toBe(true);
  });

  it("redeems or voids a coupon, never both", async () => {
    const place = await shop();
    for (let round = 0; round < 10; round++) {
      const coupon = await issued(place);
      const [used, voided] = await Promise.all([
        call(redeem, place.actor(), { code: coupon.code, amount: 10_000 }),
        call(voidCoupon, place.actor(), { coupon: coupon.code, reason: "by mistake" }),
      ]);
      expect([used.ok, voided.ok].filter(Boolean)).toHaveLength(1);
    }
  });

  it("frees a voided coupon's place in the stock", async () => {
    const place = await shop({ stock: 1, perMember: 1 });
    const first = await issued(place);
    expect(await call(issueOffer, place.actor(), { offer: place.offer, member: first.member })).toMatchObject({
      ok: false,
      reason: "over_cap",
    });
    value(await call(voidCoupon, place.actor(), { coupon: first.id, reason: "by mistake" }));
    expect((await call(issueOffer, place.actor(), { offer: place.offer, member: first.member })).ok).toBe(true);
  });

  it("honours the coupons of an offer that was paused", async () => {
    const place = await shop();
    const coupon = await issued(place);
    value(await call(updateOffer, place.actor(), { offer: place.offer, state: "paused" }));
    expect(await call(issueOffer, place.actor(), { offer: place.offer, member: coupon.member })).toMatchObject({
      ok: false,
      reason: "offer_inactive",
    });
    expect((await call(redeem, place.actor(), { code: coupon.code, amount: 10_000 })).ok).toBe(true);
  });

  it("does not let a stock be set below what was issued", async () => {
    const place = await shop();
    await issued(place);
    expect(await call(updateOffer, place.actor(), { offer: place.offer, stock: 0 })).toMatchObject({
      ok: false,
      reason: "conflict",
      path: ["stock"],
    });
    expect(value(await call(updateOffer, place.actor(), { offer: place.offer, stock: 1 }))).toMatchObject({
      stock: 1,
      issued: 1,
    });
  });

  it("evaluates a member's coupons, best first, and says why the others do not apply", async () => {
    const place = await shop();
    const owner = await member(place.workspace);
    const give = async (name: string, terms: unknown) => {
      const id = newId<OfferId>();
      await engine(async (tx) => {
        await tx.run(
          sql`INSERT INTO offer (workspace_id, id, name, kind, terms) VALUES (${place.workspace}, ${id}, ${name}, 'x', ${json(OfferTerms.parse(terms))})`,
        );
        await tx.run(sql`INSERT INTO offer_stock (workspace_id, offer_id) VALUES (${place.workspace}, ${id})`);
      });
      value(await call(issueOffer, place.actor(), { offer: id, member: owner }));
    };
    const validity = { is: "days", days: 30 };
    await give("5 off", { discount: { kind: "amount_off", amount: 500 }, validity });
    await give("20 off 100", { discount: { kind: "amount_off", threshold: 10_000, amount: 2_000 }, validity });
    await give("30 % off, sooner over", {
      discount: { kind: "percent_off", percent: 30, cap: 1_000 },
      validity: { is: "days", days: 3 },
    });
    await give("for another store", {
      discount: { kind: "cash_voucher", amount: 9_000 },
      validity,
      stores: [place.store],
    });
    const seen = value(await call(evaluate, place.actor(), { member: owner, items: [{ price: 2_500, quantity: 3 }] }));
    expect(seen.amount).toBe(7_500);
    expect(seen.best?.name).toBe("30 % off, sooner over");
    expect(seen.choices.map(({ name, payable, reason }) => [name, payable, reason])).toEqual([
      ["30 % off, sooner over", 6_500, null],
      ["5 off", 7_000, null],
      ["20 off 100", 7_500, "below_threshold"],
      ["for another store", 7_500, "store_not_eligible"],
    ]);
    const here = value(await call(evaluate, place.actor(), { member: owner, amount: 7_500, store: place.storeCode }));
    expect(here.best).toMatchObject({ name: "for another store", payable: 0, discount: 7_500 });
  });

  it("answers as if nothing were there when another workspace asks", async () => {
    const [mine, theirs] = [await shop(), await shop()];
    const coupon = await issued(mine);
    const redemption = value(await call(redeem, mine.actor(), { code: coupon.code, amount: 10_000 }));
    for (const outcome of [
      await call(getCoupon, theirs.actor(), { coupon: coupon.code }),
      await call(redeem, theirs.actor(), { code: coupon.code, amount: 10_000 }),
      await call(evaluate, theirs.actor(), { code: coupon.code, amount: 10_000 }),
      await call(evaluate, theirs.actor(), { member: coupon.member, amount: 10_000 }),
      await call(voidCoupon, theirs.actor(), { coupon: coupon.id, reason: "x" }),
      await call(cancelRedemption, theirs.actor(), { redemption: redemption.id }),
      await call(issueOffer, theirs.actor(), { offer: mine.offer, member: coupon.member }),
      await call(updateOffer, theirs.actor(), { offer: mine.offer, name: "x" }),
      await call(redeem, mine.actor(), { code: (await issued(mine)).code, amount: 10_000, store: theirs.store }),
    ])
      expect(outcome).toMatchObject({ ok: false, reason: "not_found" });
  });

  it.each<[string, Record<string, unknown>, string, (string | number)[]]>([
    ["no code", { amount: 100 }, "invalid", ["code"]],
    ["no amount and no items", { code: "X" }, "invalid", ["amount"]],
    ["half a fen", { code: "X", amount: 10.5 }, "invalid", ["amount"]],
    ["less than nothing", { code: "X", amount: -1 }, "invalid", ["amount"]],
    ["items that do not add up", { code: "X", amount: 100, items: [{ price: 60 }] }, "invalid", ["amount"]],
    ["a store that is none", { code: "X", amount: 100, store: "nowhere" }, "not_found", ["store"]],
    ["money in yuan, as text", { code: "X", amount: "100.00" }, "invalid", ["amount"]],
    ["more than any till has", { code: "X", amount: 1e17 }, "invalid", ["amount"]],
    ["a number beyond numbers", { code: "X", amount: Number.POSITIVE_INFINITY }, "invalid", ["amount"]],
    ["an amount that is nothing", { code: "X", amount: null }, "invalid", ["amount"]],
    [
      "items worth more than any till has",
      { code: "X", items: [{ price: 100_000_000_000, quantity: 100_000 }] },
      "invalid",
      ["items"],
    ],
    [
      "an item of half a piece",
      { code: "X", items: [{ price: 1, quantity: 0.5 }] },
      "invalid",
      ["items", 0, "quantity"],
    ],
    ["an item that is given back", { code: "X", items: [{ price: -1 }] }, "invalid", ["items", 0, "price"]],
    ["a member that is none", { code: "X", amount: 1, member: "lin" }, "invalid", ["member"]],
    ["a code that is a number", { code: 123_456_789_012, amount: 1 }, "invalid", ["code"]],
    ["a code of spaces", { code: " 　 ", amount: 100 }, "invalid", ["code"]],
    ["a code with a NUL", { code: "AB\0", amount: 100 }, "invalid", ["code"]],
    ["a field that is none", { code: "X", amount: 100, ammount: 1 }, "invalid", ["ammount"]],
    ["a mistyped code", { code: "AAAA-BBBB-CCCC", amount: 100 }, "not_found", ["code"]],
    ["SQL for a code", { code: "' OR 1=1 --", amount: 100 }, "not_found", ["code"]],
  ])("refuses %s", async (_, input, reason, path) => {
    const { actor } = await shop();
    expect(await call(redeem, actor(), input)).toMatchObject({ ok: false, reason, path });
  });
});
