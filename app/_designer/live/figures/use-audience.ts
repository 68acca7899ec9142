"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { JourneyAudience } from "@/services/journeys/publishing/audience";
import type { Wire } from "../../../_ui/live/wire";
import { useApi } from "../../../_ui/workspace";
import { useJourneyId } from "../../store/journey-id";

/** Whom the stored draft reaches, and what each can cost. */
export type Audience = Wire<JourneyAudience>;

/** Whom the stored draft takes now; counted anew each time it is asked for, and for each `revision`. */
export function useAudience(isOn: boolean, revision?: number): Audience | undefined {
  const api = useApi();
  const journey = useJourneyId();
  const { data } = useQuery({
    queryKey: ["audience", journey, revision],
    queryFn: ({ signal }) => api.get<Audience>(`/journeys/${journey}/audience`, undefined, signal),
    enabled: isOn,
    placeholderData: keepPreviousData,
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  return isOn ? data : undefined;
}
