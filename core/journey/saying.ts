import { z } from "zod";
import { Words } from "../words";

/** What a value in a card's line is, so that whoever shows it can format it (money, duration, rule in words, offer by name). */
export const Value = z.discriminatedUnion("as", [
  z.object({ as: z.literal("text"), text: z.string() }),
  z.object({ as: z.literal("words"), words: Words }),
  z.object({ as: z.literal("count"), count: z.number() }),
  z.object({ as: z.literal("duration"), duration: z.string() }),
  z.object({ as: z.literal("event"), event: z.string() }),
  z.object({ as: z.literal("rule"), rule: z.unknown() }),
  z.object({ as: z.literal("offer"), offer: z.string() }),
  z.object({ as: z.literal("tier"), tier: z.string() }),
  z.object({ as: z.literal("journey"), journey: z.string() }),
  z.object({ as: z.literal("segment"), segment: z.string() }),
]);
export type Value = z.infer<typeof Value>;

/** A node's one line: `{name}` in the text is replaced by the formatted value. */
export const Saying = z.object({
  text: Words,
  values: z.record(z.string(), Value),
  needsKind: z
    .literal(true)
    .optional()
    .describe("only with the kind's name before it does the line tell what the step is"),
});
export type Saying = z.infer<typeof Saying>;
