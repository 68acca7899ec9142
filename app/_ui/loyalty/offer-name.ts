"use client";
import { useCallback } from "react";
import { useLocale } from "use-intl";
import { nameIn, type OfferNames } from "@/core/loyalty/offer-name";

/** An offer's name in the reader's language. */
export function useOfferName(): (offer: { name: string; names?: OfferNames }) => string {
  const locale = useLocale();
  return useCallback((offer) => nameIn(offer, locale), [locale]);
}
