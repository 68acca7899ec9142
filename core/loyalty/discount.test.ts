import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { discountOf } from "./discount";
import { Discount } from "./offer";

describe("what a coupon takes off", () => {
  it.each<[string, unknown, number, number]>([
    ["20 off 100, at 100.00", { kind: "amount_off", threshold: 10_000, amount: 2_000 }, 10_000, 2_000],
    ["20 off 100, at 188.50", { kind: "amount_off", threshold: 10_000, amount: 2_000 }, 18_850, 2_000],
    ["5 off anything, at 3.00: no less than nothing is paid", { kind: "amount_off", amount: 500 }, 300, 300],
    ["20 % off 88.88: 17.776 rounds to 17.78", { kind: "percent_off", percent: 20 }, 8_888, 1_778],
    ["15 % off 0.10: 1.5 fen rounds up", { kind: "percent_off", percent: 15 }, 10, 2],
    ["20 % off 500, at most 50", { kind: "percent_off", percent: 20, cap: 5_000 }, 50_000, 5_000],
    ["100 % off", { kind: "percent_off", percent: 100 }, 12_345, 12_345],
    ["a voucher of 30 on 25.00", { kind: "cash_voucher", amount: 3_000 }, 2_500, 2_500],
    ["a voucher of 30 on 125.00", { kind: "cash_voucher", amount: 3_000 }, 12_500, 3_000],
  ])("%s", (_, discount, amount, off) => {
    expect(discountOf(Discount.parse(discount), amount)).toEqual({
      applies: true,
      discount: off,
      payable: amount - off,
    });
  });

  it("says how much is missing to the threshold", () => {
    expect(discountOf(Discount.parse({ kind: "amount_off", threshold: 10_000, amount: 2_000 }), 9_999)).toEqual({
      applies: false,
      why: "below_threshold",
      missing: 1,
    });
  });

  it("never makes an order cheaper than nothing, nor dearer", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 1e11 }),
        fc.integer({ min: 1, max: 1e9 }),
        (percent, amount, cap) => {
          for (const discount of [
            { kind: "percent_off" as const, threshold: 0, percent, cap },
            { kind: "cash_voucher" as const, amount: cap },
          ]) {
            const result = discountOf(discount, amount);
            expect(
              result.applies &&
                result.discount >= 0 &&
                result.payable >= 0 &&
                result.discount + result.payable === amount,
            ).toBe(true);
          }
        },
      ),
    );
  });
});
