import { birthdayGift } from "@/core/recipes/birthday/birthday-gift";
import { percentOff } from "@/core/recipes/offers";
import type { RecipeOffer } from "@/core/recipes/recipe";
import { bigOrder } from "@/core/recipes/reward/big-order";
import { checkInStreak } from "@/core/recipes/reward/check-in-streak";
import { visitSurvey } from "@/core/recipes/service/visit-survey";
import { welcome } from "@/core/recipes/welcome/welcome";
import { thirtyDaysAway } from "@/core/recipes/win-back/thirty-days-away";

/** What the demo offers: what its recipes give, and the monthly member week. */
export const OFFERS = {
  welcome: welcome.offers.welcome,
  gold: bigOrder.offers.gold,
  others: bigOrder.offers.others,
  back: thirtyDaysAway.offers.back,
  streak: checkInStreak.offers.month,
  gift: birthdayGift.offers.gift,
  party: birthdayGift.offers.party,
  goodwill: visitSurvey.offers.goodwill,
  memberWeek: percentOff({ en: "Member week: 15% off", "zh-CN": "会员周85折" }, { percent: 15, cap: 5_000, days: 7 }),
} satisfies Record<string, RecipeOffer>;
export type OfferSlot = keyof typeof OFFERS;
export const OFFER_SLOTS = Object.keys(OFFERS).filter((slot): slot is OfferSlot => Object.hasOwn(OFFERS, slot));
