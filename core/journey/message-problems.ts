import type { z } from "zod";
import type { ChannelKind, Purpose } from "../message/channel";
import { channels } from "../message/channels/registry";
import type { MessageContent } from "../message/content";
import { ONCE_PREFILLED, writingOf } from "../message/prefilled";
import { LOCALES, type Locale, type Text } from "../text";
import type { Problem } from "./problem";

/** What is wrong with one channel's content of a node, language by language. `prefilled`: what the step began with. */
export function contentProblemsOf(
  channel: ChannelKind,
  purpose: Purpose,
  content: MessageContent,
  node: string,
  prefilled: MessageContent = ONCE_PREFILLED,
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
  // In one language alone a greeting may be meant; nobody chose it where every language is as it came.
  if (LOCALES.every((locale) => writingOf(texts[locale], ONCE_PREFILLED[channel]?.[locale]) === "prefilled"))
    return [unwritten(channel, node)];
  return LOCALES.flatMap((locale): Problem[] => {
    const text = texts[locale];
    const other = LOCALES.find((one) => one !== locale && texts[one] !== undefined);
    if (!text)
      return [
        {
          code: "language_missing",
          severity: "warning",
          node,
          path: ["content", channel, locale],
          ...(other && {
            fix: {
              says: START_FROM[other],
              patch: { node, config: { content: { ...content, [channel]: { ...texts, [locale]: texts[other] } } } },
            },
          }),
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
    const found = problemsIn(channel, text, purpose, locale).map((one) => ({
      ...one,
      node,
      path: ["content", channel, locale, ...(one.path ?? [])],
    }));
    const writing = (of: Locale) => writingOf(texts[of], prefilled[channel]?.[of]);
    const isForgotten = writing(locale) === "prefilled" && LOCALES.some((other) => writing(other) === "written");
    return isForgotten ? [...found, forgotten(channel, locale, node)] : found;
  });
}

const START_FROM: Record<Locale, Text> = {
  en: { en: "Start from the English text", "zh-CN": "以英文内容为底稿" },
  "zh-CN": { en: "Start from the Chinese text", "zh-CN": "以中文内容为底稿" },
};

const unwritten = (channel: ChannelKind, node: string): Problem => ({
  code: "content_prefilled",
  severity: "error",
  node,
  path: ["content", channel],
  says: {
    en: `Nobody has written the ${channels[channel].name.en} yet: it only greets, as it came.`,
    "zh-CN": `${channels[channel].name["zh-CN"]}尚未撰写，仍是默认的问候语。`,
  },
});

/** Whoever wrote one language sees that the other still greets as it came. */
const forgotten = (channel: ChannelKind, locale: Locale, node: string): Problem => ({
  code: "language_prefilled",
  severity: "warning",
  node,
  path: ["content", channel, locale],
  says:
    locale === "en"
      ? {
          en: "The English text is still the default one, though the Chinese one was written.",
          "zh-CN": "中文内容已撰写，英文内容仍是默认文案。",
        }
      : {
          en: "The Chinese text is still the default one, though the English one was written.",
          "zh-CN": "英文内容已撰写，中文内容仍是默认文案。",
        },
});

function problemsIn(channel: ChannelKind, text: unknown, purpose: Purpose, locale: Locale) {
  const kind: {
    content: z.ZodType;
    problems(content: unknown, purpose: Purpose, locale: Locale): Omit<Problem, "node">[];
  } = channels[channel];
  const parsed = kind.content.safeParse(text);
  return parsed.success ? kind.problems(parsed.data, purpose, locale) : [];
}
