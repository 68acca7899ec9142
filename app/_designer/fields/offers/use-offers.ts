"use client";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { isUuid } from "@/core/uuid";
import type { OfferView } from "@/services/offers/offer-view";
import type { Wire } from "../../../_ui/live/wire";
import { useApi } from "../../../_ui/workspace";
import { type ShelfOffer, useShelf } from "../../shelf";
import { useAsShelfOffer } from "../../use-shelf";

const TYPING_MS = 200;
const FRESH_MS = 30_000;
const MOST = 50;

/**
 * Offers to choose from: at first the newest, and what is searched for among all, by a name in either language or a coupon's code. Those that
 * cannot be issued stand last.
 */
export function useOffers(query: string, isOpen: boolean): { found: ShelfOffer[]; isSearching: boolean } {
  const api = useApi();
  const { offers } = useShelf();
  const asShelfOffer = useAsShelfOffer();
  const wanted = query.trim();
  const [asked] = useDebouncedValue(wanted, TYPING_MS);
  const { data, isFetching } = useQuery({
    queryKey: ["offers", "search", asked],
    queryFn: ({ signal }) => api.get<{ items: Wire<OfferView>[] }>("/offers", { q: asked, limit: MOST }, signal),
    enabled: isOpen && asked !== "",
    staleTime: FRESH_MS,
    retry: false,
  });
  const known = wanted === "" ? offers : offers.filter((offer) => isCalled(offer, wanted));
  const others = (wanted !== "" && asked === wanted && data?.items.map(asShelfOffer)) || [];
  const all = [...new Map([...others, ...known].map((offer) => [offer.id, offer])).values()];
  const found = all.sort((a, b) => Number(a.standing !== "active") - Number(b.standing !== "active")).slice(0, MOST);
  return { found, isSearching: wanted !== "" && (isFetching || asked !== wanted) };
}

/** Offers by their ids, those that are not at hand too; what is no offer any more is absent. */
export function useOffersOf(ids: readonly string[]): { offers: Map<string, ShelfOffer>; isLooking: boolean } {
  const api = useApi();
  const shelf = useShelf().offers;
  const asShelfOffer = useAsShelfOffer();
  const known = new Map(shelf.map((offer) => [offer.id, offer]));
  const missing = ids
    .filter((id) => isUuid(id) && !known.has(id))
    .sort()
    .join(",");
  const { data } = useQuery({
    queryKey: ["shelf", "offers", missing],
    queryFn: ({ signal }) => api.get<{ items: Wire<OfferView>[] }>("/offers", { ids: missing, limit: 100 }, signal),
    // Before the shelf is read nothing is known to be missing.
    enabled: missing !== "" && shelf.length > 0,
    staleTime: FRESH_MS,
    retry: false,
  });
  for (const offer of data?.items.map(asShelfOffer) ?? []) known.set(offer.id, offer);
  return { offers: known, isLooking: missing !== "" && data === undefined };
}

const isCalled = ({ name, names }: ShelfOffer, wanted: string): boolean =>
  [name, names.en, names["zh-CN"]].some((one) => one?.toLowerCase().includes(wanted.toLowerCase()));
