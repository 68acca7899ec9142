"use client";
import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useFormatter } from "use-intl";
import { useT } from "../../_i18n/use-t";
import { useApi } from "../../_ui/workspace";
import type { Segment } from "./segment";

/** How many a segment holds now: exact where there are few members, else estimated. */
export function Size({ segment: { id, rule } }: { segment: Segment }) {
  const t = useT("segments");
  const format = useFormatter();
  const api = useApi();
  const { data, isError } = useQuery({
    queryKey: ["segment-size", id, JSON.stringify(rule)],
    queryFn: () => api.post<{ count: number; isExact: boolean }>("/segments/estimate", { rule }),
    staleTime: 30_000,
    retry: false,
  });
  if (isError) return "—";
  if (!data) return <Skeleton h={12} w={40} ml="auto" />;
  const count = format.number(data.count);
  return data.isExact ? count : t("about", { count });
}
