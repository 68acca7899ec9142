import { z } from "zod";
import type { Channel, ContentProblem } from "../channel";
import { withoutLiquid } from "../liquid-text";
import { withOptOut } from "../opt-out";
import { segments } from "../segments";

/** Twilio's limit of one message, in characters; other gateways allow no more. */
export const SMS_LIMIT = 1600;

export const SmsContent = z.object({
  text: z.string().min(1).max(SMS_LIMIT).meta({ field: "template", multiline: true }),
});
export type SmsContent = z.infer<typeof SmsContent>;

export const sms: Channel<"sms", SmsContent> = {
  kind: "sms",
  icon: "sms",
  name: { en: "SMS", "zh-CN": "短信" },
  address: "phone",
  content: SmsContent,
  initial: { text: "" },
  parts: ({ text }) => segments(text).parts,
  problems({ text }, purpose, locale) {
    const found: ContentProblem[] = [];
    if (text.trim() === "")
      found.push({
        code: "sms_empty",
        severity: "error",
        path: ["text"],
        says: { en: "The SMS has no text.", "zh-CN": "短信没有内容。" },
      });
    const least = segments(
      purpose === "marketing" ? withOptOut(withoutLiquid(text), locale) : withoutLiquid(text),
    ).parts;
    if (least > 3)
      found.push({
        code: "sms_long",
        severity: "warning",
        path: ["text"],
        says: { en: `Each SMS is billed as ${least} parts or more.`, "zh-CN": `每条短信至少按 ${least} 条计费。` },
      });
    return found;
  },
};
