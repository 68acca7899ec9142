import { moneyText } from "@/core/message/sample/sampled";
import type { Locale } from "@/core/text";

/** An amount in minor units as people write it: 2000 → ¥20, 2050 → ¥20.50. Anything else stays as it is. */
export function money(amount: unknown, currency: string, locale: Locale): unknown {
  const isWhole = typeof amount === "bigint" || (typeof amount === "string" && /^-?\d{1,15}$/.test(amount));
  const minor = isWhole ? Number(amount) : amount;
  if (typeof minor !== "number" || !/^[A-Z]{3}$/.test(currency)) return amount;
  return moneyText(minor, currency, locale);
}
