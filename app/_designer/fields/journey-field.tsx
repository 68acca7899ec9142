"use client";
import { useT } from "../../_i18n/use-t";
import { NamedSelect } from "../../_ui/names/named-select";
import { useSay } from "../shelf";
import type { FieldProps } from "./field-props";

/** Another journey of the workspace. */
export function JourneyField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerActions");
  const say = useSay();
  return (
    <NamedSelect
      kind="journeys"
      label={say(meta.label)}
      description={meta.help && say(meta.help)}
      placeholder={t("chooseJourney")}
      gone={t("journeyGone")}
      value={typeof value === "string" && value !== "" ? value : null}
      error={error}
      onChange={(next) => onChange(next ?? "")}
      comboboxProps={{ zIndex: 200 }}
    />
  );
}
