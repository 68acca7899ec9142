"use client";
import { Group, Input, NumberInput, Select, TextInput } from "@mantine/core";
import { readSpan, UNITS, type Unit, unitName, writeSpan } from "@/core/time/duration-words";
import { useT } from "../../../_i18n/use-t";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";

const isUnit = (value: string | null): value is Unit => UNITS.some((unit) => unit === value);

/** No duration at all, where the field allows it. */
const NONE = "none";

/** A length of time: a number and a unit, or none where that has a meaning. One that mixes units is edited as it is written. */
export function DurationField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerFields");
  const say = useSay();
  const written = typeof value === "string" ? value : "";
  const span = readSpan(written) ?? (written === "" ? { count: 1, unit: "days" as const } : undefined);
  const label = say(meta.label);
  if (!span)
    return (
      <TextInput
        label={label}
        description={t("durationText")}
        value={written}
        error={error}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  const isOpen = meta.none !== undefined && value === undefined;
  return (
    <Input.Wrapper label={label} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <Group gap={8} wrap="nowrap" mt={4}>
        {!isOpen && (
          <NumberInput
            aria-label={`${label}: ${t("length")}`}
            value={span.count}
            min={1}
            max={3650}
            allowDecimal={false}
            allowNegative={false}
            w={96}
            onChange={(next) => {
              if (typeof next === "number" && next >= 1) onChange(writeSpan({ ...span, count: next }));
            }}
          />
        )}
        <Select
          aria-label={`${label}: ${t("unit")}`}
          flex={1}
          data={[
            ...UNITS.map((unit) => ({ value: unit, label: say(unitName(unit, isOpen ? 2 : span.count)) })),
            ...(meta.none ? [{ value: NONE, label: say(meta.none) }] : []),
          ]}
          value={isOpen ? NONE : span.unit}
          allowDeselect={false}
          comboboxProps={{ zIndex: 200 }}
          onChange={(next) => {
            if (next === NONE) onChange(undefined);
            else if (isUnit(next)) onChange(writeSpan({ ...span, unit: next }));
          }}
        />
      </Group>
    </Input.Wrapper>
  );
}
