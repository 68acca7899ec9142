import { z } from "zod";
import { EmittedName, EmittedProperty } from "../emitted";
import { type EffectKind, NOTHING } from "./effect-kind";

export const emitEvent: EffectKind<"emitEvent"> = {
  schema: z.strictObject({
    type: z.literal("emitEvent"),
    name: EmittedName,
    properties: z.array(EmittedProperty).max(20),
  }),
  bound: () => NOTHING,
  pretend: () => ({}),
};
