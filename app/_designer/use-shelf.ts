"use client";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useLocale } from "use-intl";
import { nameIn } from "@/core/loyalty/offer-name";
import { standingOf } from "@/core/loyalty/standing";
import { dayOf } from "@/core/time/day";
import { isUuid } from "@/core/uuid";
import type { OfferView } from "@/services/offers/offer-view";
import { useT } from "../_i18n/use-t";
import type { Wire } from "../_ui/live/wire";
import { useApi, useWorkspace } from "../_ui/workspace";
import { EMPTY_SHELF, type Shelf, type ShelfOffer } from "./shelf";

const TIERS = ["basic", "silver", "gold", "platinum", "diamond"] as const;
const FRESH_MS = 30_000;
/** So many of the newest offers are at hand; the others are asked for by name or id. */
export const OFFERS_AT_HAND = 200;
const MOST_ASKED = 100;
const NOTHING: readonly unknown[] = [];

/** Reads an offer of the wire for this reader and the workspace's day. */
export function useAsShelfOffer(): (offer: Wire<OfferView>) => ShelfOffer {
  const locale = useLocale();
  const { timeZone } = useWorkspace();
  return useCallback(
    (offer) => ({
      ...offer,
      name: nameIn(offer, locale),
      standing: standingOf(offer, dayOf(Date.now(), timeZone)),
    }),
    [locale, timeZone],
  );
}

/**
 * Loads what the workspace has to choose from; a list that cannot be read is empty, and its fields still take what is typed. The offers that
 * `things` name by their ids (the configurations of steps, rules, what steps say) are loaded too, however old.
 */
export function useLoadedShelf(things = NOTHING): { shelf: Shelf; hasOffers: boolean } {
  const api = useApi();
  const { currency } = useWorkspace();
  const locale = useLocale();
  const states = useT("states");
  const asShelfOffer = useAsShelfOffer();
  const offers = useQuery({
    queryKey: ["shelf", "offers"],
    queryFn: ({ signal }) => api.get<{ items: Wire<OfferView>[] }>("/offers", { limit: OFFERS_AT_HAND }, signal),
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
  const newest = offers.data?.items;
  // Only where there are more than are at hand can one be named that is not.
  const older = newest?.length === OFFERS_AT_HAND ? strangers(things, newest) : "";
  const named = useQuery({
    queryKey: ["shelf", "offers", older],
    queryFn: ({ signal }) =>
      api.get<{ items: Wire<OfferView>[] }>("/offers", { ids: older, limit: MOST_ASKED }, signal),
    enabled: older !== "",
    staleTime: FRESH_MS,
    placeholderData: (before) => before,
  });
  const own = useQuery({
    queryKey: ["known-fields", ""],
    queryFn: ({ signal }) => api.get<{ events: string[] }>("/segments/fields", undefined, signal),
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
      offers: [...(newest ?? []), ...(named.data?.items ?? [])].map(asShelfOffer),
      journeys: journeys.data?.items ?? [],
      tags: tags.data?.items.map(({ name }) => name) ?? [],
      segments: segments.data?.items ?? [],
      stores: stores.data?.items ?? [],
      events: own.data?.events ?? [],
    };
  }, [
    asShelfOffer,
    currency,
    isSettled,
    journeys.data,
    locale,
    named.data,
    newest,
    own.data,
    segments.data,
    states,
    stores.data,
    tags.data,
  ]);
  const hasNamed = older === "" || (named.isSuccess && !named.isPlaceholderData);
  return { shelf, hasOffers: isSettled && offers.isSuccess && hasNamed };
}

/** The ids in things that are none of these offers, with commas between; what is no offer at all is asked for in vain. */
function strangers(things: readonly unknown[], known: { id: string }[]): string {
  const asked = new Set(things.flatMap(idsIn));
  for (const { id } of known) asked.delete(id);
  return [...asked].sort().slice(0, MOST_ASKED).join(",");
}

// What is drawn or was read never changes in place.
const seen = new WeakMap<object, string[]>();
function idsIn(value: unknown): string[] {
  if (typeof value === "string") return isUuid(value) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  const known = seen.get(value);
  if (known) return known;
  const found = Object.values(value).flatMap(idsIn);
  seen.set(value, found);
  return found;
}
