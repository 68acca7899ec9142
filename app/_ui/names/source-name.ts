import type { useT } from "../../_i18n/use-t";

/** Where a consent was given or withdrawn: our own ways and events by name, anything else as it was told. */
export function sourceName(
  states: ReturnType<typeof useT<"states">>,
  eventName: (event: string) => string,
  source: string,
): string {
  const key = `source.${source}`;
  if (states.has(key as never)) return states(key as never);
  return source.startsWith("event ") ? eventName(source.slice("event ".length)) : source;
}
