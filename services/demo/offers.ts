import { OfferTerms } from "@/core/loyalty/offer";
import { bigOrder } from "@/core/recipes/big-order";
import type { RecipeOffer } from "@/core/recipes/recipe";
import { thirtyDaysAway } from "@/core/recipes/thirty-days-away";
import { welcome } from "@/core/recipes/welcome";
import type { Text } from "@/core/text";

/** What the demo offers: what its recipes give, and the monthly member week. */
export const OFFERS = {
  welcome: welcome.offers.welcome,
  gold: bigOrder.offers.gold,
  others: bigOrder.offers.others,
  back: thirtyDaysAway.offers.back,
  memberWeek: {
    name: { en: "Member week: 15% off", "zh-CN": "会员周85折" },
    terms: OfferTerms.parse({
      discount: { kind: "percent_off", percent: 15, threshold: 0, cap: 5_000 },
      validity: { is: "days", days: 7 },
    }),
    perMember: null,
  },
} satisfies Record<string, RecipeOffer>;
export type OfferSlot = keyof typeof OFFERS;
export const OFFER_SLOTS = Object.keys(OFFERS).filter((slot): slot is OfferSlot => Object.hasOwn(OFFERS, slot));

/** Both languages, for readers of either. */
export const both = (text: Text): string => `${text["zh-CN"]} · ${text.en}`;
