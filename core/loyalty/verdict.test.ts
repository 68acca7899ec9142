import { describe, expect, it } from "vitest";
import { OfferTerms } from "./offer";
import { type HeldCoupon, verdictOf } from "./verdict";

const STORE = "0192f0c1-0000-7000-8000-000000000001";
const now = new Date("2026-11-22T04:00:00Z");
const place = { zone: "Asia/Shanghai", currency: "CNY" };
const coupon = (change: Partial<HeldCoupon> = {}, terms: Record<string, unknown> = {}): HeldCoupon => ({
  state: "issued",
  expiresAt: new Date("2026-12-21T15:59:59.999Z"),
  redeemedAt: null,
  terms: OfferTerms.parse({
    discount: { kind: "amount_off", threshold: 10_000, amount: 2_000 },
    validity: { is: "days", days: 30 },
    ...terms,
  }),
  ...change,
});

describe("whether a coupon can be used, in words a cashier can read out", () => {
  it("takes its amount off an order that reaches the threshold", () => {
    expect(verdictOf(coupon(), { amount: 18_850, store: null }, now, place)).toEqual({
      applies: true,
      discount: 2_000,
      payable: 16_850,
    });
  });

  it.each<[string, HeldCoupon, { amount: number; store: string | null }, string, string]>([
    [
      "no_discount",
      coupon({}, { discount: { kind: "percent_off", threshold: 0, percent: 1, cap: null } }),
      { amount: 30, store: null },
      "This coupon takes nothing off this order; keep it for another.",
      "该优惠券对此订单没有可减金额，请留待下次使用。",
    ],
    [
      "coupon_void",
      coupon({ state: "void" }),
      { amount: 20_000, store: null },
      "This coupon was withdrawn.",
      "该优惠券已作废。",
    ],
    [
      "coupon_redeemed",
      coupon({ state: "redeemed", redeemedAt: new Date("2026-11-21T17:00:00Z") }),
      { amount: 20_000, store: null },
      "This coupon was used already on 2026-11-22 at 01:00.",
      "该优惠券已于 2026-11-22 01:00 使用。",
    ],
    [
      "coupon_expired",
      coupon({ expiresAt: new Date("2026-11-21T15:59:59.999Z") }),
      { amount: 20_000, store: null },
      "This coupon ended on 2026-11-21.",
      "该优惠券已于 2026-11-21 到期。",
    ],
    [
      "offer_inactive",
      coupon({}, { validity: { is: "fixed", from: "2026-12-01", until: "2026-12-31" } }),
      { amount: 20_000, store: null },
      "This coupon can be used from 2026-12-01 on.",
      "该优惠券自 2026-12-01 起可用。",
    ],
    [
      "store_not_eligible",
      coupon({}, { stores: [STORE] }),
      { amount: 20_000, store: null },
      "This coupon is for certain stores: say which store this is.",
      "该优惠券仅限指定门店使用，请提供门店。",
    ],
    [
      "store_not_eligible",
      coupon({}, { stores: [STORE] }),
      { amount: 20_000, store: "0192f0c1-0000-7000-8000-000000000002" },
      "This coupon is not for this store.",
      "该优惠券不适用于本店。",
    ],
    [
      "below_threshold",
      coupon(),
      { amount: 8_750, store: null },
      "The order needs CNY 12.50 more for this coupon.",
      "还差 CNY 12.50 才能使用该优惠券。",
    ],
  ])("%s", (reason, held, basket, en, zh) => {
    expect(verdictOf(held, basket, now, place)).toEqual({ applies: false, reason, says: { en, "zh-CN": zh } });
  });

  it("still takes it in the last second of its last day", () => {
    expect(
      verdictOf(coupon(), { amount: 10_000, store: null }, new Date("2026-12-21T15:59:59.999Z"), place).applies,
    ).toBe(true);
    expect(verdictOf(coupon(), { amount: 10_000, store: null }, new Date("2026-12-21T16:00:00Z"), place).applies).toBe(
      false,
    );
  });
});
