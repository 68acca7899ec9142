import { z } from "zod";
import { type EffectKind, NOTHING } from "./effect-kind";

export const removeTag: EffectKind<"removeTag"> = {
  schema: z.strictObject({ type: z.literal("removeTag"), tag: z.string().min(1).max(60) }),
  bound: () => NOTHING,
  tells: ({ tag }) => [
    { event: "tag_removed", knows: { tag }, sets: { what: `tag ${tag}`, to: "off" }, isSure: true, comes: "at once" },
  ],
  pretend: () => ({}),
  alter: ({ tag }, member) => ({ ...member, tags: member.tags.filter((one) => one !== tag) }),
};
