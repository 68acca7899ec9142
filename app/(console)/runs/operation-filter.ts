import type { Filters } from "../../_ui/table/use-filters";
import type { RUN_FILTERS } from "./filters";

/** What an operation on all that the filters find takes of them. */
export function operationFilter({
  node,
  state,
  version,
  reason,
  within,
  from,
  to,
}: Omit<Filters<(typeof RUN_FILTERS)[number]>, "view">) {
  const given = { node, reason, within, from, to, ...(isOperable(state) && { state }) };
  return {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)),
    ...(version !== null && { version: Number(version) }),
  };
}

/** Runs that have ended well are nobody's to operate on. */
const isOperable = (state: string | null | undefined): boolean =>
  state === "ready" || state === "parked" || state === "failed" || state === "live";
