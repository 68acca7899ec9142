"use client";
import { useQuery } from "@tanstack/react-query";
import type { JobView } from "@/services/jobs/job";
import { useApi } from "../workspace";
import type { Wire } from "./wire";

/** A background job, read again every second until it is over. */
export function useJob(id: string | undefined): Wire<JobView> | undefined {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ["job", id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => api.get<Wire<JobView>>(`/jobs/${id}`, {}, signal),
    refetchInterval: ({ state }) => (state.data && state.data.state !== "running" ? false : 1000),
  });
  return data;
}
