import { z } from "zod";

/** An instant in an answer: a Date inside, ISO 8601 in UTC on the wire and in OpenAPI. */
export const Instant = z.date().meta({ type: "string", format: "date-time" });

/**
 * An instant in an input: ISO 8601 with its offset on the wire, the same in UTC inside. Of the years 1 to 9999, since Postgres knows no year 0,
 * and by UTC, since it knows no offset of 16 hours or more.
 */
export const InstantText = z.iso
  .datetime({ offset: true })
  .refine((text) => isOfOurEra(new Date(text)), { error: "should be an instant of the years 1 to 9999" })
  .transform((text) => new Date(text).toISOString());

const isOfOurEra = (at: Date): boolean => at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9999;
