import type { JourneyDocument } from "../journey/document";
import type { OfferTerms } from "../loyalty/offer";
import type { Text } from "../text";

/** An offer that a recipe gives: what to make where the workspace has none that fits. `perMember`: how often one member may have it. */
export type RecipeOffer = { name: Text; terms: OfferTerms; perMember: number | null };

/** Picks the language of a draft for what a document holds in one text only: its name, titles of nodes, tags. */
export type Say = (text: Text) => string;

/** What recipes are for, in the order of the gallery. */
export const purposes = {
  welcome: { en: "Welcome", "zh-CN": "迎新" },
  birthday: { en: "Birthdays and anniversaries", "zh-CN": "生日与纪念日" },
  "win-back": { en: "Win back", "zh-CN": "沉睡唤醒" },
  reward: { en: "Reward and tiers", "zh-CN": "奖励与等级" },
  upsell: { en: "Sell more", "zh-CN": "关联与复购" },
  news: { en: "Events and news", "zh-CN": "活动与上新" },
  service: { en: "Service and care", "zh-CN": "服务与关怀" },
} satisfies Record<string, Text>;
export type Purpose = keyof typeof purposes;
export const PURPOSES = Object.keys(purposes).filter((id): id is Purpose => Object.hasOwn(purposes, id));

/** Trades that a recipe suits as it stands. */
export const packs = {
  retail: { en: "Retail", "zh-CN": "零售" },
  restaurants: { en: "Restaurants", "zh-CN": "餐饮" },
  education: { en: "Education", "zh-CN": "教育" },
} satisfies Record<string, Text>;
export type Pack = keyof typeof packs;
export const PACKS = Object.keys(packs).filter((id): id is Pack => Object.hasOwn(packs, id));

/**
 * A journey ready to be made one's own: complete, publishable, told in both languages. `document` is a method, so that recipes
 * with different offers fit one registry.
 */
export type Recipe<Slot extends string = string> = {
  name: Text;
  /** One sentence for the gallery. */
  about: Text;
  purpose: Purpose;
  packs: readonly Pack[];
  offers: Record<Slot, RecipeOffer>;
  /** The drawing; `offers` are the ids of offers in the workspace. */
  document(offers: Record<Slot, string>, say: Say): JourneyDocument;
};
