"use client";
import { TextInput } from "@mantine/core";
import { useSay } from "../shelf";
import type { FieldProps } from "./field-props";

/** One line of plain text. */
export function TextField({ meta, value, error, onChange }: FieldProps) {
  const say = useSay();
  return (
    <TextInput
      label={say(meta.label)}
      description={meta.help && say(meta.help)}
      value={typeof value === "string" ? value : ""}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
