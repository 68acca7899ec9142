"use client";
import { useFormatter } from "use-intl";
import { minorDigits } from "@/core/events/money";
import { useWorkspace } from "../workspace";

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
