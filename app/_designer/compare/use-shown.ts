"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { JourneyDocument } from "@/core/journey/document";
import type { JourneyApi } from "../api";
import { portsOf } from "../kinds";
import type { Side } from "../store/designer";
import { useDesigner, useEditor } from "../store/use-designer";
import { both } from "./both";
import type { Standing } from "./standing";

export type Looking = {
  isLoading: boolean;
  isFailed: boolean;
  again(): void;
  /** Members of the published version by the step where they are shown; only where it is compared with the draft. */
  standing: ReadonlyMap<string, Standing>;
  /** What is compared. */
  sides: { from: JourneyDocument; to: JourneyDocument } | undefined;
  /** It could not be read who stands where: that nobody is shown does not mean that nobody waits. */
  isStandingUnread: boolean;
};
const NOBODY: ReadonlyMap<string, Standing> = new Map();

/** Puts on the canvas what is looked at instead of the draft: the version that members walk, an older one, or two drawings as one. */
export function useShown(
  journey: string,
  client: JourneyApi,
  live: { version: number | null; hasChanges: boolean },
): Looking {
  const { store } = useEditor();
  const mode = useDesigner((state) => state.mode);
  const sides = useDesigner((state) => state.sides);
  const viewing = useDesigner((state) => state.viewing);
  const draft = useDesigner((state) => state.document);
  const walked = mode === "live" && live.hasChanges && live.version !== null ? live.version : undefined;
  const single = mode === "version" ? viewing : walked;
  const from = useSide(journey, client, mode === "compare" ? sides?.from : single, draft);
  const to = useSide(journey, client, mode === "compare" ? sides?.to : undefined, draft);
  const isComparing = mode === "compare" && sides !== undefined;

  const apart = useMemo(
    () => (isComparing && from.document && to.document ? both(from.document, to.document, portsOf) : undefined),
    [from.document, isComparing, to.document],
  );
  const shown = useMemo(
    () => (isComparing ? apart : single !== undefined && from.document ? { document: from.document } : undefined),
    [apart, from.document, isComparing, single],
  );
  useEffect(() => store.setState({ shown }), [shown, store]);

  const isPublishing = isComparing && sides.from === live.version && sides.to === "draft";
  const preview = useQuery({
    queryKey: ["publish-preview", journey, draft],
    queryFn: () => client.preview(),
    enabled: isPublishing,
    gcTime: 0,
    retry: false,
  });
  const standing = useMemo(
    () =>
      isPublishing && preview.data && apart
        ? new Map(
            preview.data.nodes.map(({ node, waiting, ready, suggested }): [string, Standing] => [
              apart.shows.get(node) ?? node,
              { count: waiting + ready, fate: suggested },
            ]),
          )
        : NOBODY,
    [apart, isPublishing, preview.data],
  );
  return {
    isLoading: from.isLoading || to.isLoading,
    isFailed: from.isFailed || to.isFailed,
    again: () => {
      from.again();
      to.again();
      if (preview.isError) void preview.refetch();
    },
    standing,
    isStandingUnread: isPublishing && preview.isError,
    sides: isComparing && from.document && to.document ? { from: from.document, to: to.document } : undefined,
  };
}

function useSide(journey: string, client: JourneyApi, side: Side | undefined, draft: JourneyDocument) {
  const version = typeof side === "number" ? side : undefined;
  const { data, isLoading, isError, refetch } = useQuery({
    queryKey: ["version", journey, version],
    queryFn: ({ signal }) => client.version(version ?? 0, signal),
    enabled: version !== undefined,
    // What was published never changes.
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
  });
  return {
    document: side === "draft" ? draft : version === undefined ? undefined : data,
    isLoading: version !== undefined && isLoading,
    isFailed: version !== undefined && isError,
    again: () => void (isError && refetch()),
  };
}
