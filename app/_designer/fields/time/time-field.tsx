"use client";
import { TextInput } from "@mantine/core";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";

/** A time of day, by the browser's own clock field. */
export function TimeField({ name, meta, value, error, onChange }: FieldProps) {
  const say = useSay();
  return (
    <TextInput
      type="time"
      label={say(meta.label)}
      description={meta.help && say(meta.help)}
      value={typeof value === "string" ? value : ""}
      error={error}
      data-testid={`time-${name}`}
      onChange={(event) => {
        if (event.target.value) onChange(event.target.value.slice(0, 5));
      }}
    />
  );
}
