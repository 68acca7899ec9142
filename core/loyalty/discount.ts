import type { Discount } from "./offer";

export type Discounted =
  | { applies: true; discount: number; payable: number }
  /** `missing`: how much more the order needs, in minor units. */
  | { applies: false; why: "below_threshold"; missing: number };

/** What a coupon takes off an order of `amount` minor units. Half-up to the minor unit; an order never goes below zero. */
export function discountOf(discount: Discount, amount: number): Discounted {
  const threshold = discount.kind === "cash_voucher" ? 0 : discount.threshold;
  if (amount < threshold) return { applies: false, why: "below_threshold", missing: threshold - amount };
  const off = Math.min(amount, worth(discount, amount));
  return { applies: true, discount: off, payable: amount - off };
}

function worth(discount: Discount, amount: number): number {
  switch (discount.kind) {
    case "amount_off":
    case "cash_voucher":
      return discount.amount;
    case "percent_off": {
      // In whole numbers: amount × percent stays below 2^53 for any order, and 0.5 rounds up.
      const off = Math.floor((amount * discount.percent + 50) / 100);
      return discount.cap === null ? off : Math.min(off, discount.cap);
    }
    default:
      return discount satisfies never;
  }
}
