import { z } from "zod";
import { End } from "../parts/end";
import { TierId } from "../parts/tier-id";
import { type EffectKind, NOTHING } from "./effect-kind";

export const changeTier: EffectKind<"changeTier"> = {
  schema: z.strictObject({
    type: z.literal("changeTier"),
    tier: TierId,
    reason: z.string().max(200),
    end: End,
  }),
  bound: () => NOTHING,
  pretend: () => ({}),
  alter: ({ tier }, member) => ({ ...member, tier }),
};
