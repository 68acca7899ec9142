import type { Discount } from "./offer";

/** What a coupon takes off at most, in minor units; null where only the order tells. */
export function mostOff(discount: Discount): number | null {
  switch (discount.kind) {
    case "amount_off":
    case "cash_voucher":
      return discount.amount;
    case "percent_off":
      return discount.cap;
    default:
      return discount satisfies never;
  }
}
