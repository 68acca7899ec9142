"use client";
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../../_ui/workspace";

/** A filter over things of the workspace that have names: segments, tags, labels. What is not loaded yet is shown as it stands in the address. */
export function NameSelect({
  path,
  label,
  value,
  onChange,
}: {
  path: "/segments" | "/tags" | "/journeys/labels" | "/merchants";
  label: string;
  value: string | null;
  onChange(value: string | null): void;
}) {
  const api = useApi();
  const { data } = useQuery({
    queryKey: [path, "names"],
    staleTime: 30_000,
    queryFn: ({ signal }) =>
      api.get<{ items: { id?: string; name: string }[] }>(path, path === "/segments" ? { limit: 200 } : {}, signal),
  });
  const options = (data?.items ?? []).map(({ id, name }) => ({ value: id ?? name, label: name }));
  const isKnown = value === null || options.some((option) => option.value === value);
  return (
    <Select
      aria-label={label}
      placeholder={label}
      clearable
      searchable
      miw={104}
      value={value}
      onChange={onChange}
      data={isKnown ? options : [...options, { value, label: value }]}
    />
  );
}
