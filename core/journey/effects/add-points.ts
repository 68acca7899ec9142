import { z } from "zod";
import { type EffectKind, NOTHING } from "./effect-kind";

export const addPoints: EffectKind<"addPoints"> = {
  schema: z.strictObject({ type: z.literal("addPoints"), points: z.int().min(1), reason: z.string().max(120) }),
  bound: ({ points }) => ({ ...NOTHING, points }),
  tells: ({ points, reason }) => [
    { event: "points_earned", knows: { points, reason }, isSure: true, comes: "at once" },
    { event: "points_expiring", knows: {}, isSure: false, comes: "in time" },
    { event: "points_expired", knows: {}, isSure: false, comes: "in time" },
  ],
  pretend: ({ points }) => ({ points }),
  alter: ({ points }, member) => ({ ...member, points: member.points + points }),
};
