import { z } from "zod";
import type { Channel, ContentProblem } from "../channel";
import { withoutLiquid } from "../liquid-text";
import { columnsOf } from "../width";

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

/** About how much of a push phones show, in columns (Latin letters; a Chinese character takes two). */
export const PUSH_SHOWN = { title: 50, body: 150 };
/** What is left for its own words of the 3,993 bytes of one encrypted record (RFC 8291), beside its key and what is filled in. */
const PUSH_BYTES = 3600;

export const push: Channel<"push", PushContent> = {
  kind: "push",
  icon: "push",
  name: { en: "Push", "zh-CN": "推送" },
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
    if (columnsOf(withoutLiquid(title)) > PUSH_SHOWN.title)
      found.push({
        code: "push_title_long",
        severity: "warning",
        path: ["title"],
        says: {
          en: `Phones cut titles after about ${PUSH_SHOWN.title} letters.`,
          "zh-CN": `手机会截断约 ${PUSH_SHOWN.title / 2} 字以后的标题。`,
        },
      });
    if (columnsOf(withoutLiquid(body)) > PUSH_SHOWN.body)
      found.push({
        code: "push_body_long",
        severity: "warning",
        path: ["body"],
        says: {
          en: `Phones cut the text after about ${PUSH_SHOWN.body} letters.`,
          "zh-CN": `手机会截断约 ${PUSH_SHOWN.body / 2} 字以后的正文。`,
        },
      });
    const bytes = new TextEncoder().encode(`${title}${body}${url ?? ""}`).length;
    if (bytes > PUSH_BYTES)
      found.push({
        code: "push_too_large",
        severity: "error",
        path: ["body"],
        says: {
          en: `Push services take about ${PUSH_BYTES} bytes; this push has ${bytes}. Shorten its text.`,
          "zh-CN": `推送服务最多接收约 ${PUSH_BYTES} 字节，此推送有 ${bytes} 字节，请缩短正文。`,
        },
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
