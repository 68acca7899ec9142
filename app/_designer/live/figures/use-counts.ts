"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLive } from "../../../_ui/live/use-live";
import type { JourneyApi, Window } from "../../api";
import { type Counts, NO_COUNTS } from "./counts";

const POLL_MS = 2_000;
const STREAMING_MS = 15_000;

/** The journey's live numbers: told by the stream when something moved, asked every 2 s where the stream does not hold. */
export function useCounts(
  journey: string,
  client: JourneyApi,
  isOn: boolean,
  window: Window,
): { counts: Counts; isStreaming: boolean } {
  const queries = useQueryClient();
  const isStreaming = useLive(
    isOn ? [`journey:${journey}`] : [],
    () => void queries.invalidateQueries({ queryKey: ["counts", journey] }),
  );
  const { data } = useQuery({
    queryKey: ["counts", journey, window],
    queryFn: ({ signal }) => client.counts(window, signal),
    enabled: isOn,
    placeholderData: keepPreviousData,
    // What moved while the server told again what it had counted is in its next count.
    refetchInterval: ({ state }) => Math.max(POLL_MS, state.data?.standsMs || (isStreaming ? STREAMING_MS : POLL_MS)),
    retry: false,
  });
  return { counts: data ?? NO_COUNTS, isStreaming };
}
