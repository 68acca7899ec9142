"use client";
import { useFormatter } from "use-intl";
import type { OfferTerms } from "@/core/loyalty/offer";
import { useT } from "../../_i18n/use-t";
import { useMoney } from "./money";

/** An offer in words: "¥20 off from ¥100", "30 days". */
export function useOfferWords(): { gives(terms: OfferTerms): string; lasts(terms: OfferTerms): string } {
  const t = useT("offers");
  const money = useMoney();
  const format = useFormatter();
  const whole = (minor: number) => money(minor, { short: true });
  const day = (date: string) =>
    format.dateTime(new Date(`${date}T12:00:00Z`), {
      year: "numeric",
      month: "short",
      day: "numeric",
      timeZone: "UTC",
    });
  return {
    gives({ discount }) {
      switch (discount.kind) {
        case "amount_off":
          return discount.threshold > 0
            ? t("wordsAmountFrom", { amount: whole(discount.amount), threshold: whole(discount.threshold) })
            : t("wordsAmount", { amount: whole(discount.amount) });
        case "percent_off": {
          const words =
            discount.threshold > 0
              ? t("wordsPercentFrom", { percent: String(discount.percent), threshold: whole(discount.threshold) })
              : t("wordsPercent", { percent: String(discount.percent) });
          return discount.cap === null ? words : t("wordsCap", { words, cap: whole(discount.cap) });
        }
        case "cash_voucher":
          return t("wordsVoucher", { amount: whole(discount.amount) });
        default:
          return discount satisfies never;
      }
    },
    lasts({ validity }) {
      if (validity.is === "days") return t("wordsDays", { days: validity.days });
      return validity.from
        ? t("wordsRange", { from: day(validity.from), until: day(validity.until) })
        : t("wordsUntil", { until: day(validity.until) });
    },
  };
}
