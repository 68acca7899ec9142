import { z } from "zod";
import { JOURNEY_START } from "../../plan/control";
import { type EffectKind, NOTHING } from "./effect-kind";

export const startJourney: EffectKind<"startJourney"> = {
  schema: z.strictObject({ type: z.literal("startJourney"), journey: z.uuid() }),
  bound: () => NOTHING,
  tells: ({ journey }) => [{ event: JOURNEY_START, knows: { journey_id: journey }, isSure: true, comes: "at once" }],
  pretend: () => ({}),
};
