import { z } from "zod";
import type { Channel, ContentProblem } from "../channel";
import { withoutLiquid } from "../liquid-text";

export const PushContent = z.object({
  title: z.string().min(1).max(200).meta({ field: "template" }),
  body: z.string().max(1000).meta({ field: "template", multiline: true }),
  url: z.string().max(2000).meta({ field: "template" }).optional(),
});
export type PushContent = z.infer<typeof PushContent>;

/** A browser's push subscription, as `PushSubscription.toJSON()` gives it; a push address is its JSON text. */
export const PushSubscription = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(2000),
  keys: z.object({ p256dh: z.string().min(80).max(100), auth: z.string().min(16).max(32) }),
});
export type PushSubscription = z.infer<typeof PushSubscription>;

export const push: Channel<"push", PushContent> = {
  kind: "push",
  icon: "push",
  name: { en: "Web push", "zh-CN": "网页推送" },
  address: "push",
  content: PushContent,
  initial: { title: "", body: "" },
  parts: () => 1,
  problems({ title, body, url }) {
    const found: ContentProblem[] = [];
    if (title.trim() === "")
      found.push({
        code: "push_title",
        severity: "error",
        path: ["title"],
        says: { en: "The push has no title.", "zh-CN": "推送没有标题。" },
      });
    if (withoutLiquid(title).length > 50)
      found.push({
        code: "push_title_long",
        severity: "warning",
        path: ["title"],
        says: { en: "Phones cut titles after about 50 characters.", "zh-CN": "手机会截断约 50 字以后的标题。" },
      });
    if (withoutLiquid(body).length > 150)
      found.push({
        code: "push_body_long",
        severity: "warning",
        path: ["body"],
        says: { en: "Phones cut the text after about 150 characters.", "zh-CN": "手机会截断约 150 字以后的正文。" },
      });
    if (url && !/^(https?:\/\/|\/|\{\{)/.test(url))
      found.push({
        code: "push_link",
        severity: "error",
        path: ["url"],
        says: { en: "The address should begin with https://.", "zh-CN": "地址应以 https:// 开头。" },
      });
    return found;
  },
};
