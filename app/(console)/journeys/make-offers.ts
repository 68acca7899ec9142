import { canonical } from "@/core/hash";
import type { RecipeOffer } from "@/core/recipes/recipe";
import { LOCALES } from "@/core/text";
import type { OfferView } from "@/services/offers/offer-view";
import type { Api } from "../../_ui/api";
import type { Wire } from "../../_ui/live/wire";

const MOST = 200;

/** The ids of the offers a recipe gives: those of the workspace with the same name and terms, else new ones, named in both languages. */
export async function makeOffers(api: Api, wanted: Record<string, RecipeOffer>): Promise<Record<string, string>> {
  const { items } = await api.get<{ items: Wire<OfferView>[] }>("/offers", { limit: MOST, state: "active" });
  const ids: Record<string, string> = {};
  for (const [slot, { name, terms, perMember }] of Object.entries(wanted)) {
    const known = items.find(
      (offer) =>
        LOCALES.some((language) => offer.name === name[language]) &&
        canonical(offer.terms) === canonical(terms) &&
        offer.perMember === perMember &&
        offer.stock === null,
    );
    ids[slot] = known?.id ?? (await api.post<{ id: string }>("/offers", { name, terms, perMember })).id;
  }
  return ids;
}
