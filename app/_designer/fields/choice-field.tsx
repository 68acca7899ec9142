"use client";
import { Input, SegmentedControl, Select } from "@mantine/core";
import { useSay } from "../shelf";
import type { FieldProps } from "./field-props";

const SHORT = 12;

/** One of a few options: side by side where they fit, else a list. */
export function ChoiceField({ name, meta, value, error, onChange }: FieldProps) {
  const say = useSay();
  const data = (meta.options ?? []).map((option) => ({ value: option.value, label: say(option.label) }));
  const current = typeof value === "string" ? value : meta.unset;
  if (data.length <= 4 && data.every((option) => option.label.length <= SHORT))
    return (
      <Input.Wrapper
        label={say(meta.label)}
        description={meta.help && say(meta.help)}
        error={error}
        labelElement="div"
        id={`choice-${name}`}
      >
        <SegmentedControl
          fullWidth
          mt={4}
          data={data}
          value={current ?? ""}
          onChange={onChange}
          aria-label={say(meta.label)}
          data-testid={`choice-${name}`}
        />
      </Input.Wrapper>
    );
  return (
    <Select
      label={say(meta.label)}
      description={meta.help && say(meta.help)}
      data={data}
      value={current ?? null}
      error={error}
      onChange={(next) => onChange(next ?? undefined)}
      comboboxProps={{ zIndex: 200 }}
      data-testid={`choice-${name}`}
    />
  );
}
