import { z } from "zod";
import { type EffectKind, NOTHING } from "./effect-kind";

export const removeTag: EffectKind<"removeTag"> = {
  schema: z.strictObject({ type: z.literal("removeTag"), tag: z.string().min(1).max(60) }),
  bound: () => NOTHING,
  pretend: () => ({}),
  alter: ({ tag }, member) => ({ ...member, tags: member.tags.filter((one) => one !== tag) }),
};
