"use client";
import { TimeInput } from "../../../_ui/time/time-input";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";

/** A time of day. */
export function TimeField({ name, meta, value, error, onChange }: FieldProps) {
  const say = useSay();
  return (
    <TimeInput
      label={say(meta.label)}
      description={meta.help && say(meta.help)}
      value={typeof value === "string" ? value : ""}
      error={error}
      data-testid={`time-${name}`}
      onChange={(time) => {
        if (time) onChange(time);
      }}
    />
  );
}
