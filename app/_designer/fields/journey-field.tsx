"use client";
import { Select } from "@mantine/core";
import { useT } from "../../_i18n/use-t";
import { useSay, useShelf } from "../shelf";
import type { FieldProps } from "./field-props";

/** Another journey of the workspace. */
export function JourneyField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerActions");
  const say = useSay();
  const { journeys } = useShelf();
  const known = journeys
    .filter(({ state }) => state !== "archived")
    .map(({ id, name }) => ({ value: id, label: name }));
  const id = typeof value === "string" && value !== "" ? value : null;
  return (
    <Select
      label={say(meta.label)}
      description={meta.help && say(meta.help)}
      placeholder={t("chooseJourney")}
      data={
        id === null || known.some((one) => one.value === id)
          ? known
          : [...known, { value: id, label: t("journeyGone") }]
      }
      value={id}
      error={error}
      searchable
      onChange={(next) => onChange(next ?? "")}
      comboboxProps={{ zIndex: 200 }}
    />
  );
}
