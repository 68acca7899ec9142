import { z } from "zod";
import { IsoDuration } from "../parts/iso-duration";
import { METHODS, WebhookHeader, WebhookUrl } from "../parts/webhook";
import { type EffectKind, NOTHING } from "./effect-kind";

export const callWebhook: EffectKind<"callWebhook"> = {
  schema: z.strictObject({
    type: z.literal("callWebhook"),
    method: z.enum(METHODS),
    url: WebhookUrl,
    headers: z.array(WebhookHeader).max(10),
    body: z.string().max(16_000),
    within: IsoDuration,
  }),
  bound: () => NOTHING,
  tells: () =>
    (["webhook_done", "webhook_failed"] as const).map((event) => ({
      event,
      knows: {},
      isSure: false,
      comes: "at once",
    })),
  pretend: (_effect, { sequence }) => ({ call: `sample-${sequence}` }),
};
