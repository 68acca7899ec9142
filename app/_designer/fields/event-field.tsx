"use client";
import { useSay } from "../shelf";
import { EventSelect } from "./event-select";
import type { FieldProps } from "./field-props";

/** The event a trigger or a wait listens for. */
export function EventField({ meta, value, error, onChange }: FieldProps) {
  const say = useSay();
  return (
    <EventSelect
      label={say(meta.label)}
      description={meta.help && say(meta.help)}
      value={typeof value === "string" && value ? value : undefined}
      error={error}
      onChange={(next) => {
        if (next !== undefined) onChange(next);
      }}
    />
  );
}
