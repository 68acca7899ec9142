import type { useT } from "../_i18n/use-t";

/** Where a consent was given or withdrawn: our own ways by name, anything else as it was told. */
export function sourceName(states: ReturnType<typeof useT<"states">>, source: string): string {
  const key = `source.${source}`;
  return states.has(key as never) ? states(key as never) : source;
}
