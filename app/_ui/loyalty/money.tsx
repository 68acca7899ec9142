"use client";
import { useFormatter } from "use-intl";
import { useWorkspace } from "../workspace";

const digits = new Map<string, number>();
/** Minor units per ISO 4217 currency, as a power of ten: 2 for CNY, 0 for JPY. */
export function minorDigits(currency: string): number {
  let known = digits.get(currency);
  if (known === undefined) {
    known = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
    digits.set(currency, known);
  }
  return known;
}

/** Writes money of the workspace: minor units in, "¥1,234.50" out; whole amounts without decimals when `short`. */
export function useMoney(): (minor: number, options?: { short?: boolean; currency?: string }) => string {
  const format = useFormatter();
  const { currency: own } = useWorkspace();
  return (minor, { short = false, currency = own } = {}) => {
    const power = minorDigits(currency);
    const amount = minor / 10 ** power;
    const isWhole = Number.isInteger(amount);
    return format.number(amount, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      ...(short && isWhole && { minimumFractionDigits: 0 }),
    });
  };
}

export function Money({ minor, currency, short }: { minor: number; currency?: string; short?: boolean }) {
  const money = useMoney();
  return <span className="figures">{money(minor, { ...(short && { short }), ...(currency && { currency }) })}</span>;
}
