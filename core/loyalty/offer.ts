import { z } from "zod";
import { isDay } from "../time/day";

const Day = z.string().refine(isDay, "a day, written YYYY-MM-DD");
// Ten million yuan: far above any coupon, far below what a bigint or a JavaScript number holds exactly.
const Money = z.int().min(0).max(1_000_000_000);

/** What a coupon takes off an order. Money in minor units. */
export const Discount = z.discriminatedUnion("kind", [
  /** 满减: `amount` off an order of at least `threshold`. */
  z.strictObject({ kind: z.literal("amount_off"), threshold: Money.default(0), amount: Money.min(1) }),
  /** 折扣: `percent` off (20 = the member pays 80 %), at most `cap`. */
  z.strictObject({
    kind: z.literal("percent_off"),
    threshold: Money.default(0),
    percent: z.int().min(1).max(100),
    cap: Money.min(1).nullable().default(null),
  }),
  /** 代金券: worth `amount` on any order; what an order does not need is forfeited. */
  z.strictObject({ kind: z.literal("cash_voucher"), amount: Money.min(1) }),
]);
export type Discount = z.infer<typeof Discount>;

/** How long a coupon lasts: N days, the day of issue being day 1, or through fixed days of the workspace's calendar. */
export const Validity = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("days"), days: z.int().min(1).max(3650) }),
  z
    .strictObject({ is: z.literal("fixed"), from: Day.nullable().default(null), until: Day })
    .refine((v) => v.from === null || v.from <= v.until, {
      message: "the first day is after the last",
      path: ["until"],
    }),
]);
export type Validity = z.infer<typeof Validity>;

const Note = z.string().trim().max(500);
/** One text for everybody, or one per language. */
export const OfferNote = z.union(
  [Note, z.strictObject({ en: Note.optional(), "zh-CN": Note.optional() })],
  'should be a text of at most 500 characters, or one per language, like {"en": "Dine in only", "zh-CN": "仅限堂食"}',
);

/** The document of an offer: what `offer.terms` holds. */
export const OfferTerms = z.strictObject({
  discount: Discount,
  validity: Validity,
  /** Ids of the stores that honour it; null = every store. */
  stores: z.array(z.uuid()).min(1).max(2000).nullable().default(null),
  /** Whether its coupon may stand beside others of an order, if those may too; absent = no, it is alone. */
  stackable: z.boolean().optional(),
  /** What the cashier and the member may read besides. */
  note: OfferNote.optional(),
});
export type OfferTerms = z.infer<typeof OfferTerms>;
