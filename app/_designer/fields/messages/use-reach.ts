"use client";
import { useQuery } from "@tanstack/react-query";
import { canonical } from "@/core/hash";
import { useApi } from "../../../_ui/workspace";
import { nodeOf } from "../../edit/place";
import type { Audience } from "../../live/figures/use-audience";
import { useJourneyId } from "../../store/journey-id";
import { useDesigner } from "../../store/use-designer";

const FRESH_MS = 5 * 60_000;

/** How many the stored journey reaches, as far as that can be told: members who match now, or such events in 30 days. Counted anew when its trigger changes. */
export function useReach(isOn: boolean): { count: number; of: "members" | "events" } | undefined {
  const api = useApi();
  const journey = useJourneyId();
  const trigger = useDesigner(({ document }) => canonical(nodeOf(document, document.entry)?.config));
  const isStored = useDesigner(({ sync }) => sync.is === "saved");
  const { data } = useQuery({
    queryKey: ["reach", journey, trigger],
    queryFn: ({ signal }) => api.get<Audience>(`/journeys/${journey}/audience`, undefined, signal),
    enabled: isOn && isStored,
    staleTime: FRESH_MS,
    retry: false,
  });
  if (!data) return undefined;
  if (data.past) return data.past.month > 0 ? { count: data.past.month, of: "events" } : undefined;
  return data.count ? { count: data.count, of: "members" } : undefined;
}
