import { z } from "zod";
import { type EffectKind, NOTHING } from "./effect-kind";

export const closeTask: EffectKind<"closeTask"> = {
  schema: z.strictObject({ type: z.literal("closeTask") }),
  bound: () => NOTHING,
  tells: () => [],
  pretend: () => ({}),
};
