import { z } from "zod";
import type { Text } from "../text";
import { instantOf } from "../time/day";
import { LARGEST_AMOUNT } from "./money";

/** What a property holds. `money` is an integer in minor units, `instant` an ISO 8601 text, `items` the lines of an order or cart. */
export type PropertyType = "text" | "money" | "count" | "number" | "boolean" | "instant" | "date" | "list" | "items";

/** What a text names, so that the rule builder can offer a list. */
export type Refers = "store" | "merchant" | "offer" | "coupon" | "segment" | "journey" | "tier" | "channel" | "message";

export type Property = {
  type: PropertyType;
  name: Text;
  required?: true;
  options?: readonly string[];
  refers?: Refers;
};

export const LONGEST_TEXT = 4000;
export const MOST_IN_LIST = 500;
export const MOST_ITEMS = 1000;
const text = z.union([z.string().max(LONGEST_TEXT), z.number().transform(String)], {
  error: `should be a text of at most ${LONGEST_TEXT} characters`,
});
const money = z
  .int({ error: "should be a whole number in minor units (fen, cents)" })
  .min(-LARGEST_AMOUNT, `should be at least -${LARGEST_AMOUNT}`)
  .max(LARGEST_AMOUNT, `should be at most ${LARGEST_AMOUNT}`);
/** What an order, a refund or a top-up comes to. Its direction is in the event's name. */
const amount = money.min(0, "should not be negative: a refund is an event of its own");
const instant = z.string().refine((value) => instantOf(value) !== undefined, {
  error: "should be an ISO 8601 instant, like 2026-11-22T08:00:00Z",
});

/** One line of an order or cart. */
export const Item = z.looseObject({
  product_id: text.optional(),
  sku: text.optional(),
  name: text.optional(),
  category: text.optional(),
  brand: text.optional(),
  price: money.optional(),
  quantity: z.number({ error: "should be a number" }).optional(),
  amount: money.optional(),
});
export type Item = z.infer<typeof Item>;

const SCHEMAS = {
  text,
  money,
  instant,
  count: z.int({ error: "should be a whole number" }),
  number: z.number({ error: "should be a number" }),
  boolean: z.boolean({ error: "should be true or false" }),
  date: z.iso.date({ error: "should be a date like 2026-11-22" }),
  list: z.array(text, { error: "should be a list of texts" }).max(MOST_IN_LIST),
  items: z.array(Item, { error: "should be a list of items" }).max(MOST_ITEMS),
} satisfies Record<PropertyType, z.ZodType>;

/** The schema of an event's properties: what the catalogue knows is checked, anything more is kept. */
export function schemaOf(properties: Record<string, Property>): z.ZodType<Record<string, unknown>, unknown> {
  const shape = Object.fromEntries(
    Object.entries(properties).map(([key, property]) => {
      const schema = property.options
        ? z.enum([...property.options], { error: `should be one of ${property.options.join(", ")}` })
        : key === "amount" && property.type === "money"
          ? amount
          : SCHEMAS[property.type];
      return [key, property.required ? schema : schema.optional()];
    }),
  );
  return z.looseObject(shape);
}
