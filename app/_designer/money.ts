import type { Locale } from "@/core/text";

/** Minor units as people write them; whole amounts without decimals. */
export function money(minor: number, currency: string, locale: Locale): string {
  const digits =
    new Intl.NumberFormat(locale, { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const major = minor / 10 ** digits;
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: Number.isInteger(major) ? 0 : digits,
  }).format(major);
}

/** How many decimals a currency has: 2 for CNY, 0 for JPY. */
export const decimals = (currency: string): number =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
/** Major units as typed → minor units, exactly; undefined for nothing. */
export const toMinor = (major: number | undefined, currency: string): number | undefined =>
  major === undefined || Number.isNaN(major) ? undefined : Math.round(major * 10 ** decimals(currency));
export const toMajor = (minor: number, currency: string): number => minor / 10 ** decimals(currency);
