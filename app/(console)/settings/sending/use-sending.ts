"use client";
import { useQuery } from "@tanstack/react-query";
import type { SendingView } from "@/services/messages/sending";
import type { Wire } from "../../../_ui/live/wire";
import { useApi } from "../../../_ui/workspace";

export type Sending = Wire<SendingView>;
export const SENDING = ["sending"];

/** Whether sends run, by which rules, what they cost this month, and how the providers are; read anew every ten seconds. */
export function useSending() {
  const api = useApi();
  return useQuery({
    queryKey: SENDING,
    refetchInterval: 10_000,
    queryFn: ({ signal }) => api.get<Sending>("/sending", {}, signal),
  });
}
