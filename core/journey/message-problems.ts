import type { z } from "zod";
import type { ChannelKind, Purpose } from "../message/channel";
import { channels } from "../message/channels/registry";
import type { MessageContent } from "../message/content";
import { LOCALES } from "../text";
import type { Problem } from "./problem";

/** What is wrong with one channel's content of a node, language by language. */
export function contentProblemsOf(
  channel: ChannelKind,
  purpose: Purpose,
  content: MessageContent,
  node: string,
): Problem[] {
  const texts = content[channel];
  if (!texts)
    return [
      {
        code: "content_missing",
        severity: "error",
        node,
        path: ["content", channel],
        says: {
          en: `There is no ${channels[channel].name.en} content yet.`,
          "zh-CN": `还没有${channels[channel].name["zh-CN"]}的内容。`,
        },
      },
    ];
  return LOCALES.flatMap((locale): Problem[] => {
    const text = texts[locale];
    if (!text)
      return [
        {
          code: "language_missing",
          severity: "warning",
          node,
          path: ["content", channel, locale],
          says:
            locale === "en"
              ? {
                  en: "The English text is missing; English readers get the Chinese one.",
                  "zh-CN": "缺少英文内容，英文会员将收到中文。",
                }
              : {
                  en: "The Chinese text is missing; Chinese readers get the English one.",
                  "zh-CN": "缺少中文内容，中文会员将收到英文。",
                },
        },
      ];
    return problemsIn(channel, text, purpose, locale).map((found) => ({
      ...found,
      node,
      path: ["content", channel, locale, ...(found.path ?? [])],
    }));
  });
}

function problemsIn(channel: ChannelKind, text: unknown, purpose: Purpose, locale: (typeof LOCALES)[number]) {
  const kind: {
    content: z.ZodType;
    problems(content: unknown, purpose: Purpose, locale: (typeof LOCALES)[number]): Omit<Problem, "node">[];
  } = channels[channel];
  const parsed = kind.content.safeParse(text);
  return parsed.success ? kind.problems(parsed.data, purpose, locale) : [];
}
