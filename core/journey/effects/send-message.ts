import { z } from "zod";
import { CHANNELS } from "../../message/channel";
import { Category } from "../../message/settings";
import { IsoDuration } from "../parts/iso-duration";
import { type EffectKind, NOTHING } from "./effect-kind";

/** `content` is the channel's, per language; the plan is immutable, so messages refer to it and carry no copy. */
export const sendMessage: EffectKind<"sendMessage"> = {
  schema: z.strictObject({
    type: z.literal("sendMessage"),
    channel: z.enum(CHANNELS),
    purpose: z.enum(["marketing", "service"]),
    content: z.record(z.string(), z.unknown()),
    expiresAfter: IsoDuration,
    category: Category.optional(),
    quiet: z.enum(["hold", "drop"]).optional(),
    counts: z.literal("from_leaving").optional(),
  }),
  bound: ({ channel }) => ({ ...NOTHING, messages: { ...NOTHING.messages, [channel]: 1 } }),
  tells: ({ channel }) =>
    (["message_sent", "message_delivered", "message_failed", "message_bounced"] as const).map((event) => ({
      event,
      knows: { channel },
      isSure: false,
      comes: "at once",
    })),
  pretend: (effect, { sequence, leavingAt }) => {
    const leaves = effect.counts && leavingAt(effect);
    return { message: `sample-${sequence}`, ...(leaves !== undefined && { leaves }) };
  },
};
