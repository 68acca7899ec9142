"use client";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";
import { TemplateInput } from "./template-input";

/** Text in which values may stand. */
export function TemplateField({ meta, value, error, onChange }: FieldProps) {
  const say = useSay();
  return (
    <TemplateInput
      label={say(meta.label)}
      multiline={meta.multiline ?? false}
      value={typeof value === "string" ? value : ""}
      error={error}
      onChange={onChange}
      {...(meta.help && { description: say(meta.help) })}
    />
  );
}
