"use client";
import { Autocomplete } from "@mantine/core";
import { useT } from "../../_i18n/use-t";
import { useSay, useShelf } from "../shelf";
import type { FieldProps } from "./field-props";

/** A tier: one of the programme's by name, or another's id as typed. */
export function TierField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerActions");
  const say = useSay();
  const { tiers } = useShelf();
  const id = typeof value === "string" ? value : "";
  return (
    <Autocomplete
      label={say(meta.label)}
      description={meta.help && say(meta.help)}
      placeholder={t("chooseTier")}
      data={tiers.map(({ name }) => name)}
      value={tiers.find((tier) => tier.id === id)?.name ?? id}
      error={error}
      maxLength={40}
      onChange={(typed) => onChange(tiers.find(({ name }) => name === typed)?.id ?? typed)}
      comboboxProps={{ zIndex: 200 }}
    />
  );
}
