"use client";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { JourneyDocument } from "@/core/journey/document";
import { useApi } from "../../_ui/workspace";
import { useShelf } from "../shelf";

/** So many tags the server lists at once: where there are as many, there may be more. */
const AT_HAND = 1_000;
const FRESH_MS = 30_000;

/** The tags that a journey's own steps give and take, as far as they are named outright, in the order of the drawing. */
export const ownTags = ({ nodes }: Pick<JourneyDocument, "nodes">): string[] => [
  ...new Set(
    nodes.flatMap(({ kind, config: { tag } }) =>
      kind === "tag" && typeof tag === "string" && tag.trim() !== "" && !tag.includes("{{") ? [tag] : [],
    ),
  ),
];

/** Tags to offer: those of the journey itself first, then the workspace's; where those are too many to be at hand, the server is asked for what is typed. */
export function useTags(own: readonly string[], typed: string): string[] {
  const api = useApi();
  const { tags } = useShelf();
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const { data } = useQuery({
    queryKey: ["tags", asked],
    queryFn: ({ signal }) => api.get<{ items: { name: string }[] }>("/tags", { q: asked }, signal),
    enabled: asked !== "" && tags.length >= AT_HAND,
    staleTime: FRESH_MS,
    retry: false,
    placeholderData: (before) => before,
  });
  return useMemo(
    () => [...new Set([...own, ...(data?.items.map(({ name }) => name) ?? []), ...tags])],
    [data, own, tags],
  );
}
