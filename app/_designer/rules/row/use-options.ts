"use client";
import { useMemo } from "react";
import { useT } from "../../../_i18n/use-t";
import { useShelf } from "../../shelf";
import type { Field } from "../fields";

/** The closed list a value is chosen from, where there is one: tiers, stores, channels, or the field's own options. */
export function useOptions(field: Field): { value: string; label: string }[] | undefined {
  const states = useT("states");
  const { locale, tiers, stores } = useShelf();
  return useMemo(() => {
    if (field.options) return field.options.map(({ value, name }) => ({ value, label: name[locale] }));
    switch (field.refers) {
      case "tier":
        return tiers.map(({ id, name }) => ({ value: id, label: name }));
      case "store":
        return stores.length > 0 ? stores.map(({ id, name }) => ({ value: id, label: name })) : undefined;
      case "channel":
        return (["sms", "email", "push"] as const).map((value) => ({ value, label: states(`channel.${value}`) }));
      default:
        return undefined;
    }
  }, [field, locale, states, stores, tiers]);
}
