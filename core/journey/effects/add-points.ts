import { z } from "zod";
import { type EffectKind, NOTHING } from "./effect-kind";

export const addPoints: EffectKind<"addPoints"> = {
  schema: z.strictObject({ type: z.literal("addPoints"), points: z.int().min(1), reason: z.string().max(120) }),
  bound: ({ points }) => ({ ...NOTHING, points }),
  pretend: ({ points }) => ({ points }),
  alter: ({ points }, member) => ({ ...member, points: member.points + points }),
};
