"use client";
import { TextInput } from "@mantine/core";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";

/** A day and a time on the workspace's clocks, by the browser's own field; it may be left open. */
export function MomentField({ name, meta, value, error, onChange }: FieldProps) {
  const say = useSay();
  return (
    <TextInput
      type="datetime-local"
      label={say(meta.label)}
      description={meta.help && say(meta.help)}
      value={typeof value === "string" ? value : ""}
      error={error}
      data-testid={`moment-${name}`}
      onChange={(event) => onChange(event.target.value.slice(0, 16))}
    />
  );
}
