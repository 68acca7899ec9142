import { z } from "zod";
import { IsoDuration } from "../parts/iso-duration";
import { Escalation, SEVERITIES, STAFF, STORES, TaskOutcomes } from "../parts/staff";
import { Questions } from "../parts/survey";
import { type EffectKind, NOTHING } from "./effect-kind";

export const openTask: EffectKind<"openTask"> = {
  schema: z.strictObject({
    type: z.literal("openTask"),
    kind: z.enum(["task", "approval", "survey"]),
    title: z.string().min(1).max(300),
    instructions: z.string().max(4000),
    severity: z.enum(SEVERITIES),
    role: z.enum(STAFF).nullable(),
    store: z.enum(STORES),
    within: IsoDuration,
    escalation: Escalation,
    outcomes: z.union([TaskOutcomes, z.tuple([])]),
    questions: z.union([Questions, z.tuple([])]),
  }),
  bound: () => NOTHING,
  tells: () => [],
  pretend: ({ kind }, { sequence }) => ({
    task: `sample-${sequence}`,
    ...(kind === "survey" && { survey: `sample-${sequence}` }),
  }),
};
