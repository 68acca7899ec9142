"use client";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useFormatter } from "use-intl";
import type { Literal } from "@/core/rules/rule";
import { useApi } from "../../../_ui/workspace";
import classes from "../counts/live-count.module.css";
import type { Field } from "../fields";

const LISTED = ["tier", "tags", "gender", "locale", "time_zone", "joined_store"];
/** So many are listed at most: what is not among fewer has none. */
const MOST_LISTED = 50;
const FRESH_MS = 60_000;

function isListed({ path, of, event, type, refers }: Field): boolean {
  if (of === "member") return path.startsWith("member.attributes.") || LISTED.includes(path.slice("member.".length));
  const isOfEvent = (of === "event" || of === "entry") && event !== undefined;
  return (
    isOfEvent && (type === "text" || type === "list" || type === "number" || type === "count") && refers !== "coupon"
  );
}

/** Whether a value can equal what a field of this type is compared with. */
function isOfType(value: Literal, type: Field["type"]): boolean {
  switch (type) {
    case "money":
    case "count":
    case "number":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    case "list":
      return true;
    default:
      return typeof value === "string";
  }
}

/** By how a value is written: the value itself, and how many have it. */
export type Values = Map<string, { value: Literal; count: number }>;

/** The values that members, or an event's newest, really have in a field, the most frequent first; empty where they are not listed. */
export function useValues(field: Field, isOpen: boolean, query = ""): Values {
  const api = useApi();
  const [asked] = useDebouncedValue(query.trim(), 200);
  const { data } = useQuery({
    queryKey: ["values", field.path, field.event ?? "", asked],
    queryFn: ({ signal }) =>
      api.get<{ items: { value: Literal; count: number }[] }>(
        "/segments/values",
        {
          field: field.path.replace(/^entry\./, "event."),
          ...(field.event && { event: field.event }),
          ...(asked && { q: asked }),
        },
        signal,
      ),
    enabled: isOpen && isListed(field),
    staleTime: FRESH_MS,
    retry: false,
    placeholderData: (before) => before,
  });
  const { type } = field;
  return useMemo(
    () => new Map(data?.items.filter(({ value }) => isOfType(value, type)).map((item) => [String(item.value), item])),
    [data, type],
  );
}

/** How many have a value; undefined where that is not known. */
export const countOf = (values: Values, value: string): number | undefined =>
  values.get(value)?.count ?? (values.size > 0 && values.size < MOST_LISTED ? 0 : undefined);

/** Draws an option of a list with how many members, or events, have the value. */
export function useCounted(values: Values) {
  const format = useFormatter();
  return useCallback(
    ({ option }: { option: { value: string; label?: string } }) => {
      const count = countOf(values, option.value);
      return (
        <span className={classes.option}>
          <span>{option.label ?? option.value}</span>
          {count !== undefined && <small>{format.number(count)}</small>}
        </span>
      );
    },
    [format, values],
  );
}
