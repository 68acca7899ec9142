import { z } from "zod";
import { type EffectKind, NOTHING } from "./effect-kind";

export const addTag: EffectKind<"addTag"> = {
  schema: z.strictObject({ type: z.literal("addTag"), tag: z.string().min(1).max(60) }),
  bound: () => NOTHING,
  tells: ({ tag }) => [
    { event: "tag_added", knows: { tag }, sets: { what: `tag ${tag}`, to: "on" }, isSure: true, comes: "at once" },
  ],
  pretend: () => ({}),
  // In order, as they are loaded: what is found reads the same in this leg and in the next.
  alter: ({ tag }, member) => (member.tags.includes(tag) ? member : { ...member, tags: [...member.tags, tag].sort() }),
};
