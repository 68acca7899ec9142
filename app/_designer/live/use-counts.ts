"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useWorkspace } from "../../_ui/workspace";
import type { JourneyApi, Window } from "../api";
import { type Counts, NO_COUNTS } from "./counts";

const POLL_MS = 2_000;

/** The journey's live numbers: told by the stream when something moved, asked every 2 s where the stream does not hold. */
export function useCounts(
  journey: string,
  client: JourneyApi,
  isOn: boolean,
  window: Window,
): { counts: Counts; isStreaming: boolean } {
  const { api } = useWorkspace();
  const queries = useQueryClient();
  const [isStreaming, setStreaming] = useState(false);
  const { data } = useQuery({
    queryKey: ["counts", journey, window],
    queryFn: ({ signal }) => client.counts(window, signal),
    enabled: isOn,
    placeholderData: keepPreviousData,
    refetchInterval: isStreaming ? 15_000 : POLL_MS,
    retry: false,
  });
  useEffect(() => {
    if (!isOn) return;
    const stream = new EventSource(`${api}/streams?topic=${encodeURIComponent(`journey:${journey}`)}`, {
      withCredentials: true,
    });
    const refresh = () => void queries.invalidateQueries({ queryKey: ["counts", journey] });
    stream.onopen = () => setStreaming(true);
    stream.onmessage = refresh;
    stream.onerror = () => setStreaming(false);
    return () => {
      stream.close();
      setStreaming(false);
    };
  }, [api, isOn, journey, queries]);
  return { counts: data ?? NO_COUNTS, isStreaming };
}
