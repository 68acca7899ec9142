"use client";
import { Select } from "@mantine/core";
import { useT } from "../../_i18n/use-t";
import { useSay, useShelf } from "../shelf";
import type { FieldProps } from "./field-props";

/** A segment by name; where it may be left open, that means everyone. */
export function SegmentField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerEntries");
  const say = useSay();
  const { segments } = useShelf();
  const id = typeof value === "string" && value ? value : null;
  const isGone = id !== null && segments.length > 0 && !segments.some((segment) => segment.id === id);
  return (
    <Select
      label={say(meta.label)}
      description={meta.help && say(meta.help)}
      placeholder={t("chooseSegment")}
      nothingFoundMessage={t("noSegments")}
      data={segments.map((segment) => ({ value: segment.id, label: segment.name }))}
      value={id}
      searchable
      clearable
      error={error ?? (isGone ? t("segmentGone") : undefined)}
      onChange={(next) => onChange(next ?? "")}
      comboboxProps={{ zIndex: 200 }}
      data-testid="segment-field"
    />
  );
}
