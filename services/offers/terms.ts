import { OfferTerms } from "@/core/loyalty/offer";

// By their text, so that what is known is never stale.
const known = new Map<string, OfferTerms>();
const KEPT = 1000;

/** An offer's terms from the text of its column; a coupon is given too often to read them by their schema each time. */
export function termsOf(text: string): OfferTerms {
  const terms = known.get(text) ?? OfferTerms.parse(JSON.parse(text));
  if (known.size >= KEPT) known.clear();
  known.set(text, terms);
  return terms;
}
