import { z } from "zod";
import { withoutLiquid } from "../../message/liquid-text";
import { EmittedName, EmittedProperty, readAs } from "../emitted";
import { type EffectKind, NOTHING } from "./effect-kind";

export const emitEvent: EffectKind<"emitEvent"> = {
  schema: z.strictObject({
    type: z.literal("emitEvent"),
    name: EmittedName,
    properties: z.array(EmittedProperty).max(20),
  }),
  bound: () => NOTHING,
  tells: ({ name, properties }) => [
    {
      event: name,
      knows: Object.fromEntries(
        properties.flatMap(({ name: property, as, value }) =>
          withoutLiquid(value) === value ? [[property, readAs(as, value)]] : [],
        ),
      ),
      isSure: true,
      comes: "at once",
    },
  ],
  pretend: () => ({}),
};
