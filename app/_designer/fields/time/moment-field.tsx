"use client";
import { MomentInput } from "../../../_ui/time/moment-input";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";

/** A day and a time on the workspace's clocks; it may be left open. */
export function MomentField({ name, meta, value, error, onChange }: FieldProps) {
  const say = useSay();
  return (
    <MomentInput
      label={say(meta.label)}
      description={meta.help && say(meta.help)}
      value={typeof value === "string" ? value : ""}
      error={error}
      data-testid={`moment-${name}`}
      onChange={onChange}
    />
  );
}
