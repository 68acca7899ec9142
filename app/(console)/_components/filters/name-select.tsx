"use client";
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../../../_ui/workspace";

type Path = "/tags" | "/journeys/labels" | "/merchants";
type Named = { id?: string; name: string };
/** So many the server lists at once: where there are as many, there may be more, and it is asked for what is typed. */
const AT_ONCE: Partial<Record<Path, number>> = { "/tags": 1_000 };
/** A list is searched by typing, not read to its end. */
const MOST_SHOWN = 100;

/** A filter over things of the workspace that have names: tags, labels. What is not loaded yet is shown as it stands in the address. */
export function NameSelect({
  path,
  label,
  value,
  onChange,
}: {
  path: Path;
  label: string;
  value: string | null;
  onChange(value: string | null): void;
}) {
  const api = useApi();
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const named = (q: string) => ({
    queryKey: [path, "names", q],
    staleTime: 30_000,
    queryFn: ({ signal }: { signal: AbortSignal }) => api.get<{ items: Named[] }>(path, { ...(q && { q }) }, signal),
  });
  const { data: first } = useQuery(named(""));
  const isMore = (first?.items.length ?? 0) >= (AT_ONCE[path] ?? Number.POSITIVE_INFINITY);
  const { data: found } = useQuery({
    ...named(asked),
    enabled: isMore && asked !== "",
    placeholderData: keepPreviousData,
  });
  const all = new Map([...(first?.items ?? []), ...(found?.items ?? [])].map(({ id, name }) => [id ?? name, name]));
  if (value !== null && !all.has(value)) all.set(value, value);
  return (
    <Select
      aria-label={label}
      placeholder={label}
      clearable
      searchable
      limit={MOST_SHOWN}
      miw={104}
      // Names are longer than the field is wide.
      comboboxProps={{ width: 240, position: "bottom-start" }}
      value={value}
      onChange={onChange}
      onSearchChange={setTyped}
      data={[...all].map(([value, label]) => ({ value, label }))}
    />
  );
}
