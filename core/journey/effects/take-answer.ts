import { z } from "zod";
import { type EffectKind, NOTHING } from "./effect-kind";

export const takeAnswer: EffectKind<"takeAnswer"> = {
  schema: z.strictObject({ type: z.literal("takeAnswer"), of: z.enum(["task", "call"]) }),
  bound: () => NOTHING,
  tells: () => [],
  pretend: () => ({}),
};
