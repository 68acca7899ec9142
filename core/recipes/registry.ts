import { anniversary } from "./birthday/anniversary";
import { birthdayDiscount } from "./birthday/birthday-discount";
import { birthdayGift } from "./birthday/birthday-gift";
import { flashSale } from "./news/flash-sale";
import { tasting } from "./news/tasting";
import { valentine } from "./news/valentine";
import type { Recipe } from "./recipe";
import { bigOrder } from "./reward/big-order";
import { checkInStreak } from "./reward/check-in-streak";
import { couponExpiring } from "./reward/coupon-expiring";
import { memberDay } from "./reward/member-day";
import { pointsExpiring } from "./reward/points-expiring";
import { tierReached } from "./reward/tier-reached";
import { complaint } from "./service/complaint";
import { contactCheck } from "./service/contact-check";
import { visitSurvey } from "./service/visit-survey";
import { abandonedCart } from "./upsell/abandoned-cart";
import { adviserBooking } from "./upsell/adviser-booking";
import { babyFormula } from "./upsell/baby-formula";
import { boughtANotB } from "./upsell/bought-a-not-b";
import { clothesThenCoffee } from "./upsell/clothes-then-coffee";
import { courseRenewal } from "./upsell/course-renewal";
import { dinnerThenCinema } from "./upsell/dinner-then-cinema";
import { travellerBundle } from "./upsell/traveller-bundle";
import { anotherStore } from "./welcome/another-store";
import { completeProfile } from "./welcome/complete-profile";
import { trialLesson } from "./welcome/trial-lesson";
import { welcome } from "./welcome/welcome";
import { halfYearAway } from "./win-back/half-year-away";
import { highValueAtRisk } from "./win-back/high-value-at-risk";
import { richInPoints } from "./win-back/rich-in-points";
import { thirtyDaysAway } from "./win-back/thirty-days-away";
import { thirtyDaysNoPurchase } from "./win-back/thirty-days-no-purchase";

/** Every recipe by its id, by purpose, in the order of the gallery. */
export const recipes = {
  welcome,
  "complete-profile": completeProfile,
  "another-store": anotherStore,
  "trial-lesson": trialLesson,
  "birthday-discount": birthdayDiscount,
  "birthday-gift": birthdayGift,
  anniversary,
  "thirty-days-away": thirtyDaysAway,
  "thirty-days-no-purchase": thirtyDaysNoPurchase,
  "half-year-away": halfYearAway,
  "rich-in-points": richInPoints,
  "high-value-at-risk": highValueAtRisk,
  "big-order": bigOrder,
  "tier-reached": tierReached,
  "check-in-streak": checkInStreak,
  "member-day": memberDay,
  "points-expiring": pointsExpiring,
  "coupon-expiring": couponExpiring,
  "bought-a-not-b": boughtANotB,
  "abandoned-cart": abandonedCart,
  "baby-formula": babyFormula,
  "dinner-then-cinema": dinnerThenCinema,
  "clothes-then-coffee": clothesThenCoffee,
  "traveller-bundle": travellerBundle,
  "adviser-booking": adviserBooking,
  "course-renewal": courseRenewal,
  valentine,
  "flash-sale": flashSale,
  tasting,
  "visit-survey": visitSurvey,
  complaint,
  "contact-check": contactCheck,
} satisfies Record<string, Recipe>;
export type RecipeId = keyof typeof recipes;
export const RECIPES = Object.keys(recipes).filter(isRecipe);

export function isRecipe(id: string): id is RecipeId {
  return Object.hasOwn(recipes, id);
}

/** A recipe with the names of its offers forgotten, for whoever walks over all of them. */
export const recipeOf = (id: RecipeId): Recipe => recipes[id];
