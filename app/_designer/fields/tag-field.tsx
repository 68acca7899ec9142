"use client";
import { Autocomplete } from "@mantine/core";
import { useT } from "../../_i18n/use-t";
import { useSay } from "../shelf";
import { useDesignerAlike } from "../store/use-designer";
import type { FieldProps } from "./field-props";
import { ownTags, useTags } from "./use-tags";

const MOST_SHOWN = 100;

/** A tag: one of the workspace's, or a new one as typed. */
export function TagField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerFields");
  const say = useSay();
  const typed = typeof value === "string" ? value : "";
  const own = useDesignerAlike((state) => ownTags(state.document), isSameList);
  const tags = useTags(
    own.filter((tag) => tag !== typed),
    typed,
  );
  return (
    <Autocomplete
      label={say(meta.label)}
      description={meta.help && say(meta.help)}
      placeholder={t("chooseTag")}
      data={tags}
      limit={MOST_SHOWN}
      value={typed}
      error={error}
      maxLength={60}
      openOnFocus={false}
      onChange={onChange}
      comboboxProps={{ zIndex: 200 }}
    />
  );
}

const isSameList = (a: string[], b: string[]): boolean => a.join("\n") === b.join("\n");
