import { moneyText } from "../message/sample/sampled";
import { LOCALES, type Locale, type Text } from "../text";
import type { Discount } from "./offer";

/** What a coupon takes off, as its member reads it: "¥20 off an order of ¥100 or more". */
export function sayDiscount(discount: Discount, currency: string): Text {
  const [en, zh] = LOCALES.map((locale) => say(discount, (minor) => moneyText(minor, currency, locale), locale));
  return { en: en ?? "", "zh-CN": zh ?? "" };
}

function say(discount: Discount, money: (minor: number) => string, locale: Locale): string {
  const isEnglish = locale === "en";
  switch (discount.kind) {
    case "cash_voucher":
      return isEnglish ? `${money(discount.amount)} off any order` : `任意消费立减${money(discount.amount)}`;
    case "amount_off": {
      const { amount, threshold } = discount;
      if (threshold === 0) return isEnglish ? `${money(amount)} off` : `立减${money(amount)}`;
      return isEnglish
        ? `${money(amount)} off an order of ${money(threshold)} or more`
        : `满${money(threshold)}减${money(amount)}`;
    }
    case "percent_off": {
      const { percent, threshold, cap } = discount;
      const most = cap === null ? "" : isEnglish ? `, ${money(cap)} at most` : `，最高优惠${money(cap)}`;
      if (isEnglish) return `${percent}% off${threshold > 0 ? ` an order of ${money(threshold)} or more` : ""}${most}`;
      const paid = percent === 100 ? "免单" : `${Number(((100 - percent) / 10).toFixed(1))}折`;
      return `${threshold > 0 ? `满${money(threshold)}享` : ""}${paid}${most}`;
    }
    default:
      return discount satisfies never;
  }
}
