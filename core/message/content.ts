import { z } from "zod";
import { EmailContent } from "./channels/email";
import { PushContent } from "./channels/push";
import { SmsContent } from "./channels/sms";

const perLanguage = <C extends z.ZodType>(content: C) =>
  z
    .object({ en: content.optional(), "zh-CN": content.optional() })
    .refine((texts) => texts.en !== undefined || texts["zh-CN"] !== undefined, "needs at least one language");

/** What a `send` node says: per channel, per language. */
export const MessageContent = z.object({
  sms: perLanguage(SmsContent).optional(),
  email: perLanguage(EmailContent).optional(),
  push: perLanguage(PushContent).optional(),
});
export type MessageContent = z.infer<typeof MessageContent>;

/** One channel's content in one language. */
export type Content = { sms: SmsContent; email: EmailContent; push: PushContent };
