"use client";
import { Select, type SelectProps } from "@mantine/core";
import { useCallback, useState } from "react";
import { useT } from "../../_i18n/use-t";
import { type Kind, type Named, useNamed } from "./use-named";

/** A list is searched by typing, not read to its end. */
const MOST_SHOWN = 100;

/** Chooses a segment, journey or store by name, of however many there are. One that is no more is said to be gone. */
export function NamedSelect({
  kind,
  value,
  onChange,
  gone,
  ...select
}: {
  kind: Exclude<Kind, "offers">;
  value: string | null;
  onChange(value: string | null): void;
  /** What stands for one that is no more. */
  gone?: string;
} & Pick<
  SelectProps,
  | "label"
  | "aria-label"
  | "description"
  | "placeholder"
  | "nothingFoundMessage"
  | "clearable"
  | "error"
  | "miw"
  | "comboboxProps"
> & { "data-testid"?: string }) {
  const common = useT("common");
  const nameOf = useNameOfNamed();
  const [typed, setTyped] = useState("");
  const found = useNamed(kind, { typed, ids: value === null ? [] : [value] });
  const options = found.items.map((one) => ({ value: one.id, label: nameOf(one) }));
  const isGone = value !== null && found.gone.has(value);
  return (
    <Select
      {...select}
      searchable
      limit={MOST_SHOWN}
      value={value}
      onChange={onChange}
      onSearchChange={setTyped}
      data={isGone ? [...options, { value, label: gone ?? common("gone") }] : options}
    />
  );
}

/** A thing's name, and that it is archived or closed. */
export function useNameOfNamed(): (one: Named) => string {
  const states = useT("states");
  const stores = useT("stores");
  return useCallback(
    ({ name, state, closedAt }) => {
      if (state === "archived") return `${name} · ${states("journey.archived")}`;
      return closedAt ? `${name} · ${stores("closed")}` : name;
    },
    [states, stores],
  );
}
