import { z } from "zod";

/** An attribute's name as rules and templates write it. */
export const AttributeName = z
  .string()
  .trim()
  .min(1, { error: "name the attribute", abort: true })
  .regex(/^[a-z][a-z0-9_]{0,79}$/, "small letters, digits and _ only, a letter first, at most 80");

/** A property of an event, or a path into one: `amount`, `items.sku`. */
export const PropertyPath = z
  .string()
  .trim()
  .regex(/^[^.\s][^.]{0,79}(\.[^.\s][^.]{0,79}){0,5}$/, "a property like amount, or a path like items.sku");

/** `event`: from the event that started the run; a property that is missing there changes nothing. `add`: counts from nought. */
export const AttributeChange = z.discriminatedUnion("is", [
  z.strictObject({
    is: z.literal("value"),
    value: z.union([z.string().trim().min(1, "needs a value").max(500), z.number(), z.boolean()]),
  }),
  z.strictObject({ is: z.literal("event"), property: PropertyPath }),
  z.strictObject({
    is: z.literal("add"),
    by: z
      .number()
      .min(-1_000_000_000)
      .max(1_000_000_000)
      .refine((by) => by !== 0, "adds nothing"),
  }),
  z.strictObject({ is: z.literal("unset") }),
]);
export type AttributeChange = z.infer<typeof AttributeChange>;
