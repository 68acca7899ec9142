import { z } from "zod";
import { type EffectKind, NOTHING } from "./effect-kind";

export const startJourney: EffectKind<"startJourney"> = {
  schema: z.strictObject({ type: z.literal("startJourney"), journey: z.uuid() }),
  bound: () => NOTHING,
  pretend: () => ({}),
};
