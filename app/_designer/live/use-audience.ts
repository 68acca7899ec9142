"use client";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../_ui/workspace";
import { useJourneyId } from "../store/journey-id";

/** `count`: members whom the stored draft takes when it is published; null where nobody matches before something happens. */
export type Audience = { trigger: string | null; count: number | null };

/** Whom the stored draft takes now; counted anew each time it is asked for. */
export function useAudience(isOn: boolean): Audience | undefined {
  const api = useApi();
  const journey = useJourneyId();
  const { data } = useQuery({
    queryKey: ["audience", journey],
    queryFn: ({ signal }) => api.get<Audience>(`/journeys/${journey}/audience`, undefined, signal),
    enabled: isOn,
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  return isOn ? data : undefined;
}
