"use client";
import { NumberInput, type NumberInputProps } from "@mantine/core";
import { minorDigits } from "@/core/events/money";
import { useWorkspace } from "../workspace";

/** Money typed in whole units, held in minor units; null = empty. */
export function MoneyInput({
  value,
  onChange,
  ...rest
}: Omit<NumberInputProps, "value" | "onChange"> & { value: number | null; onChange(minor: number | null): void }) {
  const { currency } = useWorkspace();
  const digits = minorDigits(currency);
  const symbol =
    new Intl.NumberFormat("zh-CN", { style: "currency", currency, currencyDisplay: "narrowSymbol" })
      .formatToParts(0)
      .find((part) => part.type === "currency")?.value ?? "";
  return (
    <NumberInput
      {...rest}
      leftSection={symbol}
      leftSectionPointerEvents="none"
      hideControls
      min={0}
      decimalScale={digits}
      allowNegative={false}
      thousandSeparator=","
      value={value === null ? "" : value / 10 ** digits}
      onChange={(typed) => onChange(typed === "" ? null : Math.round(Number(typed) * 10 ** digits))}
    />
  );
}
