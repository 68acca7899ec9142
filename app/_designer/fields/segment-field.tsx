"use client";
import { useT } from "../../_i18n/use-t";
import { NamedSelect } from "../../_ui/names/named-select";
import { useSay } from "../shelf";
import type { FieldProps } from "./field-props";

/** A segment by name; where it may be left open, that means everyone. */
export function SegmentField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerEntries");
  const say = useSay();
  return (
    <NamedSelect
      kind="segments"
      label={say(meta.label)}
      description={meta.help && say(meta.help)}
      placeholder={t("chooseSegment")}
      nothingFoundMessage={t("noSegments")}
      gone={t("segmentGone")}
      value={typeof value === "string" && value ? value : null}
      clearable
      error={error}
      onChange={(next) => onChange(next ?? "")}
      comboboxProps={{ zIndex: 200 }}
      data-testid="segment-field"
    />
  );
}
