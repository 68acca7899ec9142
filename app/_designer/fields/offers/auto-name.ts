import type { Text } from "@/core/text";
import { money, toMinor } from "../../money";

type Draft = {
  kind: "amount_off" | "percent_off" | "cash_voucher";
  /** Major units, as typed. */
  amount: number | undefined;
  threshold: number | undefined;
  percent: number | undefined;
  currency: string;
};

/** What an offer of these terms is called until somebody gives it a better name, in both languages. */
export function autoName({ kind, amount, threshold, percent = 0, currency }: Draft): Text {
  const written = (major: number | undefined, locale: keyof Text) =>
    money(toMinor(major, currency) ?? 0, currency, locale);
  const [off, lot] = [written(amount, "en"), written(amount, "zh-CN")];
  const [from, at] = [written(threshold, "en"), written(threshold, "zh-CN")];
  if (kind === "percent_off")
    return threshold
      ? { en: `${percent}% off ${from}`, "zh-CN": `满${at}减${percent}%` }
      : { en: `${percent}% off`, "zh-CN": `立减${percent}%` };
  if (kind === "cash_voucher") return { en: `${off} voucher`, "zh-CN": `${lot}代金券` };
  return threshold
    ? { en: `${off} off ${from}`, "zh-CN": `满${at}减${lot}` }
    : { en: `${off} off`, "zh-CN": `立减${lot}` };
}
