import { useEffect } from "react";
import type { Window } from "../api";
import type { Mode } from "./designer";

/** What stands open at first: `?mode=live&period=day`, `?show=settings`. */
export type Opens = { mode: "edit" | "live"; window: Window; panel: "settings" | undefined };

const isWindow = (text: string | null): text is Window => text === "hour" || text === "day" || text === "all";

/** What an address asks for; what it cannot have is left out. `isPublished`: there is something to follow live. */
export function opensBy(query: { get(name: string): string | null }, isPublished: boolean): Opens {
  const period = query.get("period");
  return {
    mode: query.get("mode") === "live" && isPublished ? "live" : "edit",
    window: isWindow(period) ? period : "all",
    panel: query.get("show") === "settings" ? "settings" : undefined,
  };
}

/** An address's query with what is looked at now, so that reload, Back and whoever is sent the link see the same. */
export function queryWith(search: string, mode: Mode, window: Window): string {
  const query = new URLSearchParams(search);
  query.delete("mode");
  query.delete("period");
  if (mode === "live") {
    query.set("mode", "live");
    if (window !== "all") query.set("period", window);
  }
  return query.size > 0 ? `?${query}` : "";
}

/** Keeps the address in step with what is looked at. */
export function useAddress(mode: Mode, window: Window): void {
  useEffect(() => {
    const { pathname, search } = globalThis.location;
    const next = queryWith(search, mode, window);
    if (next !== search) history.replaceState(null, "", `${pathname}${next}`);
  }, [mode, window]);
}
