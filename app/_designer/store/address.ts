import { useEffect } from "react";
import type { Window } from "../api";
import type { DesignerState, Side } from "./designer";
import { useDesigner } from "./use-designer";

/** What stands open at first: `?mode=live&period=day`, `?mode=compare&from=2&to=draft`, `?mode=version&version=3`, `?show=settings`. */
export type Opens = Looks & { window: Window; panel: "settings" | undefined };
/** What is looked at. */
type Looks = Pick<DesignerState, "mode" | "sides" | "viewing">;

const isWindow = (text: string | null): text is Window => text === "hour" || text === "day" || text === "all";

const versionOf = (text: string | null): number | undefined =>
  text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
const sideOf = (text: string | null): Side | undefined => (text === "draft" ? text : versionOf(text));

type Query = { get(name: string): string | null };

/** What an address asks for; what it cannot have is left out. `isPublished`: there is something to follow live, to compare and to read. */
export function opensBy(query: Query, isPublished: boolean): Opens {
  const period = query.get("period");
  return {
    ...(isPublished ? looksBy(query) : DRAWING),
    window: isWindow(period) ? period : "all",
    panel: query.get("show") === "settings" ? "settings" : undefined,
  };
}

const DRAWING: Looks = { mode: "edit", sides: undefined, viewing: undefined };

function looksBy(query: Query): Looks {
  const [from, to, viewing] = [sideOf(query.get("from")), sideOf(query.get("to")), versionOf(query.get("version"))];
  switch (query.get("mode")) {
    case "live":
      return { ...DRAWING, mode: "live" };
    case "compare":
      return from !== undefined && to !== undefined ? { ...DRAWING, mode: "compare", sides: { from, to } } : DRAWING;
    case "version":
      return viewing === undefined ? DRAWING : { ...DRAWING, mode: "version", viewing };
    default:
      return DRAWING;
  }
}

const OWN = ["mode", "period", "from", "to", "version"];

/** An address's query with what is looked at now, so that reload, Back and whoever is sent the link see the same. */
export function queryWith(search: string, { mode, sides, viewing }: Looks, window: Window): string {
  const query = new URLSearchParams(search);
  for (const name of OWN) query.delete(name);
  const set = (values: Partial<Record<(typeof OWN)[number], string | number>>) => {
    for (const [name, value] of Object.entries(values)) query.set(name, String(value));
  };
  if (mode === "live") set({ mode, ...(window !== "all" && { period: window }) });
  if (mode === "compare" && sides) set({ mode, from: sides.from, to: sides.to });
  if (mode === "version" && viewing !== undefined) set({ mode, version: viewing });
  return query.size > 0 ? `?${query}` : "";
}

/** Keeps the address in step with what is looked at. */
export function useAddress(window: Window): void {
  const mode = useDesigner((state) => state.mode);
  const sides = useDesigner((state) => state.sides);
  const viewing = useDesigner((state) => state.viewing);
  useEffect(() => {
    const { pathname, search } = globalThis.location;
    const next = queryWith(search, { mode, sides, viewing }, window);
    if (next !== search) history.replaceState(null, "", `${pathname}${next}`);
  }, [mode, sides, viewing, window]);
}
