"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";

export type Filters<K extends string> = Record<K, string | null>;

/** Filters that live in the address, so that every view is a link. Setting one replaces the address without a server round. */
export function useFilters<const K extends string>(
  keys: readonly K[],
): [Filters<K>, (change: Partial<Filters<K>>) => void] {
  const params = useSearchParams();
  const path = usePathname();
  const text = params.toString();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is the state; the keys are constant
  const filters = useMemo(
    () => Object.fromEntries(keys.map((key) => [key, params.get(key) || null])) as Filters<K>,
    [text],
  );
  const set = useCallback(
    (change: Partial<Filters<K>>) => {
      const next = new URLSearchParams(window.location.search);
      for (const [key, value] of Object.entries<string | null | undefined>(change)) {
        if (value) next.set(key, value);
        else next.delete(key);
      }
      const query = next.toString();
      window.history.replaceState(null, "", query ? `${path}?${query}` : path);
    },
    [path],
  );
  return [filters, set];
}
