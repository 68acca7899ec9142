"use client";
import { Autocomplete } from "@mantine/core";
import { useT } from "../../_i18n/use-t";
import { useSay, useShelf } from "../shelf";
import type { FieldProps } from "./field-props";

/** A tag: one of the workspace's, or a new one as typed. */
export function TagField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerFields");
  const say = useSay();
  const { tags } = useShelf();
  return (
    <Autocomplete
      label={say(meta.label)}
      description={meta.help && say(meta.help)}
      placeholder={t("chooseTag")}
      data={tags}
      value={typeof value === "string" ? value : ""}
      error={error}
      maxLength={60}
      openOnFocus={false}
      onChange={onChange}
      comboboxProps={{ zIndex: 200 }}
    />
  );
}
