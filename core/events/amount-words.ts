import type { Text } from "../text";
import { minorDigits } from "./money";

const wordsOf = new Map<string, Text>();

/** What a decimal amount of a currency looks like: “should be an amount in Chinese yuan, such as 128 or 128.50”. */
export function amountWanted(currency: string): Text {
  const known = wordsOf.get(currency);
  if (known) return known;
  const digits = minorDigits(currency);
  const whole = digits === 0 ? "12800" : "128";
  const exact = digits === 0 ? undefined : `128.5${"0".repeat(digits - 1)}`;
  const words = {
    en: `should be an amount in ${nameOf(currency, "en")}, such as ${whole}${exact ? ` or ${exact}` : ""}`,
    "zh-CN": `应为${nameOf(currency, "zh-CN")}金额，例如 ${whole}${exact ? ` 或 ${exact}` : ""}`,
  };
  if (wordsOf.size < 500) wordsOf.set(currency, words);
  return words;
}

/** What amounts of a currency are said in, as its plural; the code itself where it is none. */
function nameOf(currency: string, locale: string): string {
  try {
    const parts = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "name" }).formatToParts(
      128,
    );
    return parts.find(({ type }) => type === "currency")?.value ?? currency;
  } catch {
    return currency;
  }
}
