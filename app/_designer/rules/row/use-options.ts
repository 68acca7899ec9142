"use client";
import { useMemo } from "react";
import { useT } from "../../../_i18n/use-t";
import { useNameOfNamed } from "../../../_ui/names/named-select";
import { useNamed } from "../../../_ui/names/use-named";
import { useShelf } from "../../shelf";
import type { Field } from "../fields";

/**
 * The closed list a value is chosen from, where there is one: tiers, stores, channels, or the field's own options. Stores are found by what is
 * `typed`, of however many there are; those of `chosen` are in it even when they are closed.
 */
export function useOptions(
  field: Field,
  typed: string,
  chosen: readonly string[],
): { value: string; label: string }[] | undefined {
  const states = useT("states");
  const { locale, tiers } = useShelf();
  const nameOf = useNameOfNamed();
  const { items: stores } = useNamed(field.refers === "store" ? "stores" : undefined, { typed, ids: chosen });
  return useMemo(() => {
    if (field.options) return field.options.map(({ value, name }) => ({ value, label: name[locale] }));
    switch (field.refers) {
      case "tier":
        return tiers.map(({ id, name }) => ({ value: id, label: name }));
      case "store":
        return stores.length > 0 ? stores.map((store) => ({ value: store.id, label: nameOf(store) })) : undefined;
      case "channel":
        return (["sms", "email", "push"] as const).map((value) => ({ value, label: states(`channel.${value}`) }));
      default:
        return undefined;
    }
  }, [field, locale, nameOf, states, stores, tiers]);
}
