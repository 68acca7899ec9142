"use client";
import { createContext, useContext } from "react";
import type { Standing } from "@/core/loyalty/standing";
import type { Locale, Text } from "@/core/text";
import type { OfferView } from "@/services/offers/offer-view";
import type { Wire } from "../_ui/live/wire";
import type { Named } from "../_ui/names/use-named";

/** An offer as the inspector shows it. `name`: in the reader's language; `standing`: on the workspace's day. */
export type ShelfOffer = Pick<Wire<OfferView>, "id" | "name" | "names" | "state" | "terms" | "stock" | "issued"> & {
  standing: Standing;
};

/** What the workspace has to choose from: names behind the ids in a drawing, and the lists of the inspector's pickers. */
export type Shelf = {
  locale: Locale;
  currency: string;
  /** Of each kind those that are at hand, and those that the drawing names; others are found by searching. */
  offers: ShelfOffer[];
  journeys: Named[];
  segments: Named[];
  stores: Named[];
  tags: string[];
  tiers: { id: string; name: string }[];
  /** Names of events this workspace has received outside the catalogue. */
  events: string[];
};

export const EMPTY_SHELF: Shelf = {
  locale: "zh-CN",
  currency: "CNY",
  offers: [],
  journeys: [],
  tags: [],
  segments: [],
  tiers: [],
  stores: [],
  events: [],
};
export const ShelfContext = createContext<Shelf>(EMPTY_SHELF);
export const useShelf = (): Shelf => useContext(ShelfContext);
/** Picks the reader's language out of a text. */
export const useSay = (): ((text: Text) => string) => {
  const { locale } = useShelf();
  return (text) => text[locale];
};
