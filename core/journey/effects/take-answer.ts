import { z } from "zod";
import { type EffectKind, NOTHING } from "./effect-kind";

export const takeAnswer: EffectKind<"takeAnswer"> = {
  schema: z.strictObject({ type: z.literal("takeAnswer"), of: z.literal("task") }),
  bound: () => NOTHING,
  pretend: () => ({}),
};
