"use client";
import { NumberInput } from "@mantine/core";
import { typedNumber } from "../../_ui/fields/typed-number";
import { useSay } from "../shelf";
import type { FieldProps } from "./field-props";

/** An integer. */
export function NumberField({ meta, value, error, onChange }: FieldProps) {
  const say = useSay();
  return (
    <NumberInput
      label={say(meta.label)}
      description={meta.help && say(meta.help)}
      value={typeof value === "number" ? value : ""}
      error={error}
      allowDecimal={false}
      thousandSeparator=","
      onChange={(next) => onChange(typedNumber(next))}
    />
  );
}
