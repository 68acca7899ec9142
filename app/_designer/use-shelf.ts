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
import { atHand, byIds, type Kind, MOST_ASKED, type Named } from "../_ui/names/use-named";
import { useApi, useWorkspace } from "../_ui/workspace";
import { EMPTY_SHELF, type Shelf, type ShelfOffer } from "./shelf";

const TIERS = ["basic", "silver", "gold", "platinum", "diamond"] as const;
const FRESH_MS = 30_000;
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
 * Loads what the workspace has to choose from; a list that cannot be read is empty, and its fields still take what is typed. What
 * `things` name by their ids (the configurations of steps, rules, what steps say) is loaded too, however old.
 */
export function useLoadedShelf(things = NOTHING): { shelf: Shelf; hasOffers: boolean } {
  const api = useApi();
  const { currency } = useWorkspace();
  const locale = useLocale();
  const states = useT("states");
  const asShelfOffer = useAsShelfOffer();
  const offers = useQuery(atHand<Wire<OfferView>>(api, "offers"));
  const journeys = useQuery({ ...atHand(api, "journeys"), retry: false });
  const segments = useQuery({ ...atHand(api, "segments"), retry: false });
  const stores = useQuery({ ...atHand(api, "stores"), retry: false });
  const tags = useQuery({
    queryKey: ["shelf", "tags"],
    queryFn: ({ signal }) => api.get<{ items: { name: string }[] }>("/tags", undefined, signal),
    staleTime: FRESH_MS,
    retry: false,
  });
  // All at once: each new shelf is read by every card.
  const lists = [offers, journeys, tags, segments, stores];
  const isSettled = lists.every(({ isPending, failureCount }) => !isPending || failureCount > 0);
  const named = [offers, journeys, segments, stores].flatMap(({ data }) => data?.items ?? []);
  const strange = isSettled ? strangers(things, named) : "";
  // Archived journeys and closed stores are at hand nowhere; of the others only where there are more than are at hand.
  const olderOffers = useOlder<Wire<OfferView>>("offers", offers.data?.next ? strange : "");
  const olderJourneys = useOlder("journeys", strange);
  const olderSegments = useOlder("segments", segments.data?.next ? strange : "");
  const olderStores = useOlder("stores", strange);
  const own = useQuery({
    queryKey: ["known-fields", ""],
    queryFn: ({ signal }) => api.get<{ events: string[] }>("/segments/fields", undefined, signal),
    staleTime: FRESH_MS,
    retry: false,
  });
  const shelf = useMemo((): Shelf => {
    const names = { locale, currency, tiers: TIERS.map((id) => ({ id, name: states(`tier.${id}`) })) };
    if (!isSettled) return { ...EMPTY_SHELF, ...names };
    return {
      ...EMPTY_SHELF,
      ...names,
      offers: [...(offers.data?.items ?? []), ...olderOffers.items].map(asShelfOffer),
      journeys: [...(journeys.data?.items ?? []), ...olderJourneys.items],
      segments: [...(segments.data?.items ?? []), ...olderSegments.items],
      stores: [...(stores.data?.items ?? []), ...olderStores.items],
      tags: tags.data?.items.map(({ name }) => name) ?? [],
      events: own.data?.events ?? [],
    };
  }, [
    asShelfOffer,
    currency,
    isSettled,
    journeys.data,
    locale,
    offers.data,
    olderJourneys.items,
    olderOffers.items,
    olderSegments.items,
    olderStores.items,
    own.data,
    segments.data,
    states,
    stores.data,
    tags.data,
  ]);
  return { shelf, hasOffers: isSettled && offers.isSuccess && olderOffers.isKnown };
}

const NO_ITEMS: never[] = [];
/** Those of the ids that are of this kind. `isKnown`: the server has answered, or nothing is asked. */
function useOlder<T extends { id: string } = Named>(kind: Kind, ids: string): { items: T[]; isKnown: boolean } {
  const { data, isSuccess, isPlaceholderData } = useQuery({
    ...byIds<T>(useApi(), kind, ids),
    ...(kind !== "offers" && { retry: false }),
    placeholderData: (before) => before,
  });
  return { items: (ids !== "" && data?.items) || NO_ITEMS, isKnown: ids === "" || (isSuccess && !isPlaceholderData) };
}

/** The ids in things that are none of the known ones, with commas between; what is the id of nothing that has a name is asked for in vain. */
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
