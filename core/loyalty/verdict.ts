import type { Refusal } from "../refusals";
import type { Text } from "../text";
import { dayOf } from "../time/day";
import { offsetAt } from "../time/local-time";
import { discountOf } from "./discount";
import type { OfferTerms } from "./offer";
import { couponStart } from "./validity";

export type HeldCoupon = {
  state: "issued" | "redeemed" | "void";
  expiresAt: Date | null;
  redeemedAt: Date | null;
  terms: OfferTerms;
};
/** `amount`: what the order costs before the coupon, minor units; `store`: its id, null when not told. */
export type Basket = { amount: number; store: string | null };
export type Place = { zone: string; currency: string };

/** `says` is what a cashier can read out. */
export type Verdict =
  | { applies: true; discount: number; payable: number }
  | { applies: false; reason: Refusal; says: Text };

/** Whether a coupon can be used for this basket now, and what it takes off; else the first reason why not. */
export function verdictOf(coupon: HeldCoupon, basket: Basket, now: Date, { zone, currency }: Place): Verdict {
  const day = (instant: Date) => dayOf(instant.getTime(), zone);
  if (coupon.state === "void") return no("coupon_void", "This coupon was withdrawn.", "该优惠券已作废。");
  if (coupon.state === "redeemed") {
    // To the minute: a cashier whose line broke sees that it was their own click a moment ago.
    const at = coupon.redeemedAt && `${day(coupon.redeemedAt)} ${timeOf(coupon.redeemedAt, zone)}`;
    return no(
      "coupon_redeemed",
      `This coupon was used already${at ? ` on ${at.replace(" ", " at ")}` : ""}.`,
      `该优惠券已${at ? `于 ${at} ` : ""}使用。`,
    );
  }
  if (coupon.expiresAt && coupon.expiresAt < now)
    return no(
      "coupon_expired",
      `This coupon ended on ${day(coupon.expiresAt)}.`,
      `该优惠券已于 ${day(coupon.expiresAt)} 到期。`,
    );
  const start = couponStart(coupon.terms.validity, zone);
  if (start && now < start)
    return no("offer_inactive", `This coupon can be used from ${day(start)} on.`, `该优惠券自 ${day(start)} 起可用。`);
  if (coupon.terms.stores !== null && (basket.store === null || !coupon.terms.stores.includes(basket.store)))
    return basket.store === null
      ? no(
          "store_not_eligible",
          "This coupon is for certain stores: say which store this is.",
          "该优惠券仅限指定门店使用，请提供门店。",
        )
      : no("store_not_eligible", "This coupon is not for this store.", "该优惠券不适用于本店。");
  const result = discountOf(coupon.terms.discount, basket.amount);
  if (result.applies)
    // Used up for nothing, it would be lost to the member.
    return result.discount > 0
      ? result
      : no(
          "no_discount",
          "This coupon takes nothing off this order; keep it for another.",
          "该优惠券对此订单没有可减金额，请留待下次使用。",
        );
  const missing = amountText(result.missing, currency);
  return no(
    "below_threshold",
    `The order needs ${missing} more for this coupon.`,
    `还差 ${missing} 才能使用该优惠券。`,
  );
}

/** `19:34`, on the workspace's clocks. */
const timeOf = (instant: Date, zone: string): string =>
  new Date(instant.getTime() + offsetAt(instant.getTime(), zone)).toISOString().slice(11, 16);

const no = (reason: Refusal, en: string, zh: string): Verdict => ({
  applies: false,
  reason,
  says: { en, "zh-CN": zh },
});

/** `CNY 12.50`, with as many decimals as the currency has. */
function amountText(minor: number, currency: string): string {
  const digits =
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return `${currency} ${(minor / 10 ** digits).toFixed(digits)}`;
}
