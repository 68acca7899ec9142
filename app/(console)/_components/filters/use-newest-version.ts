"use client";
import { useNamed } from "../../../_ui/names/use-named";

/** The newest version of the journey that is filtered by; undefined as long as none is known. */
export function useNewestVersion(journey: string | null): number | null | undefined {
  const { items } = useNamed(journey === null ? undefined : "journeys", {
    typed: "",
    ids: journey === null ? [] : [journey],
  });
  return items.find(({ id }) => id === journey)?.version;
}
