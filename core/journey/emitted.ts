import { z } from "zod";
import { isCatalogued } from "../events/catalogue";
import { JOURNEY_START, JOURNEY_STOP } from "../plan/control";

/**
 * An event's name that a journey may make up. The catalogue's events are facts (an order, a visit, a coupon used), which the ledgers or
 * senders tell; a journey that told them too would earn points for orders that never were.
 */
export const EmittedName = z
  .string()
  .trim()
  .min(1, "name the event")
  .max(120)
  .refine(
    (name) => !isCatalogued(name) && name !== JOURNEY_START && name !== JOURNEY_STOP,
    "choose a name of your own: this one is told by senders and ledgers only",
  );

/** A property as a template, and what its text is read as. */
export const EmittedProperty = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, "small letters, digits and _ only, a letter first, at most 60"),
  as: z.enum(["text", "number", "boolean"]),
  value: z.string().max(1000),
});
export type EmittedProperty = z.infer<typeof EmittedProperty>;

/** What a filled-in text is, as its property should hold it; undefined = it does not fit, so the property is left out. */
export function readAs(as: EmittedProperty["as"], text: string): string | number | boolean | undefined {
  const bare = text.trim();
  if (bare === "") return undefined;
  switch (as) {
    case "text":
      return bare.slice(0, 2000);
    case "number": {
      const number = Number(bare);
      return Number.isFinite(number) ? number : undefined;
    }
    case "boolean":
      return bare === "true" ? true : bare === "false" ? false : undefined;
    default:
      return as satisfies never;
  }
}
