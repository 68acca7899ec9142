"use client";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useFormatter } from "use-intl";
import { useApi } from "../../_ui/workspace";
import type { Field } from "./fields";
import classes from "./live-count.module.css";

const LISTED = ["tier", "tags", "gender", "locale", "time_zone", "joined_store"];
const FRESH_MS = 60_000;

const isListed = ({ path, of }: Field): boolean =>
  of === "member" && (path.startsWith("member.attributes.") || LISTED.includes(path.slice("member.".length)));

/** The values that members really have in a field, the most frequent first; empty where they are not listed. */
export function useValues(field: Field, isOpen: boolean, query = ""): Map<string, number> {
  const api = useApi();
  const [asked] = useDebouncedValue(query.trim(), 200);
  const { data } = useQuery({
    queryKey: ["values", field.path, asked],
    queryFn: ({ signal }) =>
      api.get<{ items: { value: string; count: number }[] }>(
        "/segments/values",
        { field: field.path, ...(asked && { q: asked }) },
        signal,
      ),
    enabled: isOpen && isListed(field),
    staleTime: FRESH_MS,
    retry: false,
    placeholderData: (before) => before,
  });
  return useMemo(() => new Map(data?.items.map(({ value, count }) => [value, count])), [data]);
}

/** Draws an option of a list with how many members have the value. */
export function useCounted(values: Map<string, number>) {
  const format = useFormatter();
  return useCallback(
    ({ option }: { option: { value: string; label?: string } }) => (
      <span className={classes.option}>
        <span>{option.label ?? option.value}</span>
        {values.size > 0 && <small>{format.number(values.get(option.value) ?? 0)}</small>}
      </span>
    ),
    [format, values],
  );
}
