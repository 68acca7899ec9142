"use client";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";
import { OfferSelect } from "./offer-select";

/** One offer. */
export function OfferField({ meta, value, error, onChange }: FieldProps) {
  const say = useSay();
  return (
    <OfferSelect
      label={say(meta.label)}
      value={typeof value === "string" && value ? value : undefined}
      error={error}
      onChange={onChange}
    />
  );
}
