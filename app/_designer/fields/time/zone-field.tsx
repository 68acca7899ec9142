"use client";
import { Select } from "@mantine/core";
import { useMemo } from "react";
import { useWorkspace } from "../../../_ui/workspace";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";

const FOUND = 60;

/** A time zone by its name, found by typing; empty = the workspace's. */
export function ZoneField({ meta, value, error, onChange }: FieldProps) {
  const say = useSay();
  const { timeZone } = useWorkspace();
  const zone = typeof value === "string" ? value : "";
  const zones = useMemo(() => [...new Set([...(zone ? [zone] : []), ...Intl.supportedValuesOf("timeZone")])], [zone]);
  return (
    <Select
      label={say(meta.label)}
      description={meta.help && say(meta.help)}
      placeholder={timeZone}
      data={zones}
      limit={FOUND}
      searchable
      clearable
      value={zone || null}
      error={error}
      comboboxProps={{ zIndex: 200 }}
      data-testid="zone"
      onChange={(next) => onChange(next ?? "")}
    />
  );
}
