import { type Discount, OfferTerms } from "../loyalty/offer";
import type { Text } from "../text";
import type { RecipeOffer } from "./recipe";

type More = { perMember?: number; note?: Text };

const offer = (name: Text, discount: Discount, days: number, { perMember, note }: More = {}): RecipeOffer => ({
  name,
  terms: OfferTerms.parse({ discount, validity: { is: "days", days }, ...(note && { note }) }),
  perMember: perMember ?? null,
});

/** 满减. Money in fen; `days` it lasts, the day of issue being day 1. */
export const amountOff = (
  name: Text,
  { threshold, amount, days, ...more }: { threshold: number; amount: number; days: number } & More,
): RecipeOffer => offer(name, { kind: "amount_off", threshold, amount }, days, more);

/** 折扣: `percent` off, at most `cap` fen. */
export const percentOff = (
  name: Text,
  { percent, cap, days, ...more }: { percent: number; cap: number; days: number } & More,
): RecipeOffer => offer(name, { kind: "percent_off", percent, threshold: 0, cap }, days, more);

/** 代金券. */
export const voucher = (name: Text, { amount, days, ...more }: { amount: number; days: number } & More): RecipeOffer =>
  offer(name, { kind: "cash_voucher", amount }, days, more);
