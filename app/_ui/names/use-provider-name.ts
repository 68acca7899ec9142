"use client";
import { useT } from "../../_i18n/use-t";

/** What a provider is called: by its own name where it is one of ours, else by its id. */
export function useProviderName(): (provider: string) => string {
  const states = useT("states");
  return (provider) => {
    const key = `provider.${provider}`;
    return states.has(key as never) ? states(key as never) : provider;
  };
}
