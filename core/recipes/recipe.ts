import type { JourneyDocument } from "../journey/document";
import type { OfferTerms } from "../loyalty/offer";
import type { Text } from "../text";

/** An offer that a recipe gives: what to make where the workspace has none that fits. `perMember`: how often one member may have it. */
export type RecipeOffer = { name: Text; terms: OfferTerms; perMember: number | null };

/** Picks a language, or joins both, for what a document holds in one text only: its name, titles of nodes, names of cases. */
export type Say = (text: Text) => string;

/**
 * A journey ready to be made one's own: complete, publishable, told in both languages. `document` is a method, so that recipes
 * with different offers fit one registry.
 */
export type Recipe<Slot extends string = string> = {
  name: Text;
  /** One sentence for the gallery. */
  about: Text;
  offers: Record<Slot, RecipeOffer>;
  /** The drawing; `offers` are the ids of offers in the workspace. */
  document(offers: Record<Slot, string>, say: Say): JourneyDocument;
};
