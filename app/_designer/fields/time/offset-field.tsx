"use client";
import { Group, Input, NumberInput, Select } from "@mantine/core";
import { useT } from "../../../_i18n/use-t";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";

/** Days before or after a date, as one signed number. */
export function OffsetField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerWaits");
  const say = useSay();
  const days = typeof value === "number" ? value : 0;
  const side = days === 0 ? "on" : days < 0 ? "before" : "after";
  const label = say(meta.label);
  return (
    <Input.Wrapper label={label} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <Group gap={8} wrap="nowrap" mt={4}>
        {side !== "on" && (
          <NumberInput
            aria-label={`${label}: ${t("howMany")}`}
            value={Math.abs(days)}
            min={1}
            max={365}
            allowDecimal={false}
            allowNegative={false}
            w={96}
            onChange={(next) => {
              if (typeof next === "number" && next >= 1) onChange(side === "before" ? -next : next);
            }}
          />
        )}
        <Select
          aria-label={`${label}: ${t("beforeOrAfter")}`}
          flex={1}
          data={[
            { value: "before", label: t("before") },
            { value: "on", label: t("onTheDay") },
            { value: "after", label: t("after") },
          ]}
          value={side}
          allowDeselect={false}
          comboboxProps={{ zIndex: 200 }}
          onChange={(next) => {
            const size = Math.abs(days) || 1;
            if (next) onChange(next === "on" ? 0 : next === "before" ? -size : size);
          }}
        />
      </Group>
    </Input.Wrapper>
  );
}
