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
  tells: ({ tier, reason, end }) => [
    {
      event: "tier_changed",
      knows: { tier, reason },
      sets: { what: "tier", to: tier },
      isSure: true,
      comes: "at once",
    },
    // The tier before comes back.
    ...(end.is === "open" ? [] : [{ event: "tier_changed", knows: {}, isSure: false, comes: "in time" as const }]),
  ],
  pretend: () => ({}),
  alter: ({ tier }, member) => ({ ...member, tier }),
};
