"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useLocale } from "use-intl";
import { nameIn } from "@/core/loyalty/offer-name";
import { useT } from "../_i18n/use-t";
import { useApi, useWorkspace } from "../_ui/workspace";
import { EMPTY_SHELF, type Shelf, type ShelfOffer } from "./shelf";

const TIERS = ["basic", "silver", "gold", "platinum", "diamond"] as const;
const FRESH_MS = 30_000;

/** Loads what the workspace has to choose from; a list that cannot be read is empty, and its fields still take what is typed. */
export function useLoadedShelf(): { shelf: Shelf; hasOffers: boolean } {
  const api = useApi();
  const { currency } = useWorkspace();
  const locale = useLocale();
  const states = useT("states");
  const offers = useQuery({
    queryKey: ["shelf", "offers"],
    queryFn: ({ signal }) => api.get<{ items: ShelfOffer[] }>("/offers", { limit: 200 }, signal),
    staleTime: FRESH_MS,
  });
  const journeys = useQuery({
    queryKey: ["shelf", "journeys"],
    queryFn: ({ signal }) => api.get<{ items: Shelf["journeys"] }>("/journeys", { limit: 200 }, signal),
    staleTime: FRESH_MS,
    retry: false,
  });
  const tags = useQuery({
    queryKey: ["shelf", "tags"],
    queryFn: ({ signal }) => api.get<{ items: { name: string }[] }>("/tags", undefined, signal),
    staleTime: FRESH_MS,
    retry: false,
  });
  const segments = useQuery({
    queryKey: ["shelf", "segments"],
    queryFn: ({ signal }) => api.get<{ items: { id: string; name: string }[] }>("/segments", { limit: 200 }, signal),
    staleTime: FRESH_MS,
    retry: false,
  });
  const stores = useQuery({
    queryKey: ["shelf", "stores"],
    queryFn: ({ signal }) => api.get<{ items: { id: string; name: string }[] }>("/stores", { limit: 200 }, signal),
    staleTime: FRESH_MS,
    retry: false,
  });
  // All at once: each new shelf is read by every card.
  const lists = [offers, journeys, tags, segments, stores];
  const isSettled = lists.every(({ isPending, failureCount }) => !isPending || failureCount > 0);
  const shelf = useMemo((): Shelf => {
    const names = { locale, currency, tiers: TIERS.map((id) => ({ id, name: states(`tier.${id}`) })) };
    if (!isSettled) return { ...EMPTY_SHELF, ...names };
    return {
      ...EMPTY_SHELF,
      ...names,
      offers: offers.data?.items.map((offer) => ({ ...offer, name: nameIn(offer, locale) })) ?? [],
      journeys: journeys.data?.items ?? [],
      tags: tags.data?.items.map(({ name }) => name) ?? [],
      segments: segments.data?.items ?? [],
      stores: stores.data?.items ?? [],
    };
  }, [currency, isSettled, journeys.data, locale, offers.data, segments.data, states, stores.data, tags.data]);
  return { shelf, hasOffers: isSettled && offers.isSuccess };
}
