import { z } from "zod";

/** An instant in an answer: a Date inside, ISO 8601 in UTC on the wire and in OpenAPI. */
export const Instant = z.date().meta({ type: "string", format: "date-time" });
