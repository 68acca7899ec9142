"use client";
import { useQuery } from "@tanstack/react-query";
import type { Page } from "../table/use-list";
import { useApi, useMay } from "../workspace";

type Place = { id: string; code: string; name: string };

/** What a store or merchant that an event names by its code or id is called; undefined where none of the workspace's open ones is. */
export function usePlaceNames(): (property: string, value: string) => string | undefined {
  const api = useApi();
  const may = useMay("workspace.read");
  const { data } = useQuery({
    queryKey: ["places", "names"],
    enabled: may,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const [store, merchant] = await Promise.all(
        ["/stores", "/merchants"].map(async (path) => {
          const { items } = await api.get<Page<Place>>(path, { limit: 200 }, signal);
          return new Map(items.flatMap(({ id, code, name }) => [[code, name] as const, [id, name] as const]));
        }),
      );
      return { store, merchant };
    },
  });
  return (property, value) =>
    property === "store" || property === "merchant" ? data?.[property]?.get(value) : undefined;
}
