import type { SavedView, Screen } from "@/services/views/view";

export type { SavedView, Screen };

/** The view that stands for no view, where one's list would else open with another. */
export const ALL = "all";

type Filters = Record<string, string | null>;

/** What of the address a view keeps: filters that are set. */
export const keptOf = (filters: Filters): Record<string, string> =>
  Object.fromEntries(Object.entries(filters).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));

/** Whether a view's filters are those of the address. */
export function isAsKept(view: SavedView, filters: Filters): boolean {
  const kept = keptOf(filters);
  const keys = new Set([...Object.keys(kept), ...Object.keys(view.filters)]);
  return [...keys].every((key) => kept[key] === view.filters[key]);
}
