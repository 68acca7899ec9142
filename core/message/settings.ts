import { z } from "zod";
import { CHANNELS } from "./channel";

/** At most so many marketing messages to one member in any `days` × 24 hours. */
export const Cap = z.strictObject({ most: z.int().min(1).max(1000), days: z.int().min(1).max(90) });
export type Cap = z.infer<typeof Cap>;

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "should be a time like 21:00");
/** What a message is about ("points", "birthday"), as the marketer names it. */
export const Category = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} _-]{0,39}$/u, "letters, digits, spaces, - and _, at most 40 characters");
const Price = z.int().min(0).max(100_000);
const Budget = z.int().min(1).max(1_000_000_000_000);

/** The hours in which no promotion leaves, by the member's own clock; `to` before `from` lies on the next day. */
export const QuietHours = z
  .strictObject({ from: Time, to: Time, choice: z.enum(["hold", "drop"]).default("hold") })
  .refine(({ from, to }) => from !== to, { error: "should end at another time than it begins", path: ["to"] });
export type QuietHours = z.infer<typeof QuietHours>;

/** The messaging part of a workspace's settings, under `messaging`. Absent caps and hours do not hold; prices are minor units a billed part. */
export const MessagingSettings = z.strictObject({
  quietHours: QuietHours.nullable().default(null),
  caps: z
    .strictObject({
      all: Cap.optional(),
      channels: z.partialRecord(z.enum(CHANNELS), Cap).default({}),
      categories: z
        .record(Category, Cap)
        .refine((caps) => Object.keys(caps).length <= 50, "at most 50 categories")
        .default({}),
    })
    .prefault({}),
  prices: z.strictObject({ sms: Price.default(0), email: Price.default(0), push: Price.default(0) }).prefault({}),
  /** Most that promotions may cost in a calendar month of the workspace. */
  monthlyBudget: Budget.nullable().default(null),
  /** What stands in 【】 before SMS to mainland China; absent = the workspace's name. */
  signature: z.string().trim().min(2).max(20).nullable().default(null),
  /** Whether marketing mail is marked 广告 (AD); `auto`: mail in Chinese where the currency is CNY. */
  advert: z.enum(["auto", "always", "never"]).default("auto"),
  tracksLinks: z.boolean().default(true),
  tracksOpens: z.boolean().default(false),
});
export type MessagingSettings = z.infer<typeof MessagingSettings>;
export const MESSAGING_DEFAULTS: MessagingSettings = MessagingSettings.parse({});

/** The switch that stops every send, under `sending`; written by its own use cases alone, so that no saved form turns it off. */
export const SendingSwitch = z.object({ isStopped: z.boolean(), reason: z.string().nullable(), at: z.string() });
export type SendingSwitch = z.infer<typeof SendingSwitch>;
