import type { Filters } from "../../_ui/table/use-filters";
import type { LETTER_FILTERS } from "./filters";

/** What the API is asked for by the address: only the open ones unless it says otherwise. */
export function lettersQuery({ state, ...filters }: Filters<(typeof LETTER_FILTERS)[number]>) {
  const asked = state ?? "open";
  return { ...filters, state: asked === "all" ? null : asked };
}
