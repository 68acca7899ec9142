"use client";
import { Select, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useT } from "../../../_i18n/use-t";
import type { Query } from "../../../_ui/api";
import { useReason } from "../../../_ui/loyalty/reason";
import { useApi } from "../../../_ui/workspace";

type Counted = { reason: string; count: number };

/** The reasons that the other filters leave, the most frequent first; where there is none, the choice says so and does not open. */
export function ReasonSelect({
  path,
  none,
  query,
  value,
  onChange,
}: {
  path: "/runs/reasons" | "/messages/reasons";
  /** What is said where there is nothing to choose. */
  none: string;
  /** What else the list is narrowed by. */
  query: Query;
  value: string | null;
  onChange(reason: string | null): void;
}) {
  const t = useT("common");
  const words = useReason();
  const api = useApi();
  const { data } = useQuery({
    queryKey: [path, query],
    staleTime: 15_000,
    queryFn: async ({ signal }) => (await api.get<{ items: Counted[] }>(path, query, signal)).items,
  });
  const items = data ?? [];
  const known = value !== null && !items.some(({ reason }) => reason === value) ? [{ reason: value, count: 0 }] : [];
  const isEmpty = data !== undefined && items.length + known.length === 0;
  const select = (
    <Select
      aria-label={t("reason")}
      placeholder={t("anyReason")}
      clearable
      miw={104}
      value={value}
      onChange={onChange}
      disabled={isEmpty}
      comboboxProps={{ width: 340, position: "bottom-start" }}
      maxDropdownHeight={320}
      data={[...known, ...items].map(({ reason, count }) => ({
        value: reason,
        label: `${words(reason)}${count > 0 ? ` (${count})` : ""}`,
      }))}
      data-testid="reason"
    />
  );
  if (!isEmpty) return select;
  return (
    <Tooltip label={none}>
      <div>{select}</div>
    </Tooltip>
  );
}
