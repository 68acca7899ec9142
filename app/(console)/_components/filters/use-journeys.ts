"use client";
import { useQuery } from "@tanstack/react-query";
import type { Page } from "../../../_ui/table/use-list";
import { useApi } from "../../../_ui/workspace";

type Named = { id: string; name: string; state: string; version: number | null };

/** The journeys by name, for filters. */
export function useJourneys(): Named[] {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ["journeys", "names"],
    staleTime: 60_000,
    queryFn: ({ signal }) => api.get<Page<Named>>("/journeys", { limit: 200 }, signal),
  });
  return data?.items ?? [];
}
