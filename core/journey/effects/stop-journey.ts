import { z } from "zod";
import { type EffectKind, NOTHING } from "./effect-kind";

export const stopJourney: EffectKind<"stopJourney"> = {
  schema: z.strictObject({ type: z.literal("stopJourney"), journey: z.uuid() }),
  bound: () => NOTHING,
  tells: () => [],
  pretend: () => ({}),
};
