import { z } from "zod";
import { CHANNELS } from "../../message/channel";
import { channels } from "../../message/channels/registry";
import { MessageContent } from "../../message/content";
import { LOCALES } from "../../text";
import { field } from "../field";
import { IsoDuration } from "../iso-duration";
import type { NodeKind } from "../kind";
import type { Problem } from "../problem";

const Config = z.strictObject({
  channel: field(z.enum(CHANNELS), {
    field: "choice",
    label: { en: "Channel", "zh-CN": "渠道" },
    options: CHANNELS.map((channel) => ({ value: channel, label: channels[channel].name })),
  }),
  purpose: field(z.enum(["marketing", "service"]), {
    field: "choice",
    label: { en: "Purpose", "zh-CN": "用途" },
    options: [
      { value: "marketing", label: { en: "Marketing (needs consent)", "zh-CN": "营销（需要会员同意）" } },
      { value: "service", label: { en: "Service (may carry no offer)", "zh-CN": "服务（不得含优惠）" } },
    ],
  }),
  content: field(MessageContent, { field: "content", label: { en: "Content", "zh-CN": "内容" } }),
  expiresAfter: field(IsoDuration, {
    field: "duration",
    label: { en: "Give up after", "zh-CN": "过期时间" },
    help: { en: "A message that could not leave by then is skipped.", "zh-CN": "到时仍未发出的消息将被跳过。" },
  }),
});
type Config = z.infer<typeof Config>;

/** Content of the other channels is kept in the config, so that trying a channel loses nothing; only the chosen one is compiled. */
export const send: NodeKind<Config> = {
  family: "action",
  icon: "send",
  name: { en: "Send a message", "zh-CN": "发送消息" },
  about: { en: "SMS, email or web push, in the member's language.", "zh-CN": "以会员的语言发送短信、邮件或网页推送。" },
  config: Config,
  initial: {
    channel: "sms",
    purpose: "marketing",
    content: {
      sms: {
        "zh-CN": { text: "【{{ workspace.name }}】{{ member.name }}，您好！" },
        en: { text: "Hello {{ member.name }}!" },
      },
    },
    expiresAfter: "P2D",
  },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: ({ channel, content }) => ({
    text: { en: `${channels[channel].name.en}: {text}`, "zh-CN": `${channels[channel].name["zh-CN"]}：{text}` },
    values: { text: { as: "text", text: firstWords(content[channel]) } },
  }),
  problems: problemsOfContent,
  compile: ({ channel, purpose, content, expiresAfter }) => ({
    start: {
      op: "apply",
      effects: [{ type: "sendMessage", channel, purpose, content: { ...content[channel] }, expiresAfter }],
      done: { port: "next" },
      refused: {},
    },
  }),
};

function problemsOfContent({ channel, purpose, content }: Config, _draft: unknown, node: string): Problem[] {
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

function problemsIn(
  channel: Config["channel"],
  text: unknown,
  purpose: Config["purpose"],
  locale: (typeof LOCALES)[number],
) {
  const kind: {
    content: z.ZodType;
    problems(content: unknown, purpose: Config["purpose"], locale: (typeof LOCALES)[number]): Omit<Problem, "node">[];
  } = channels[channel];
  const parsed = kind.content.safeParse(text);
  return parsed.success ? kind.problems(parsed.data, purpose, locale) : [];
}

/** The first words a reader sees, for the card. */
function firstWords(texts: Config["content"][Config["channel"]]): string {
  const text = texts?.["zh-CN"] ?? texts?.en;
  if (!text) return "…";
  const words = "text" in text ? text.text : "subject" in text ? text.subject : text.title;
  return words.length > 60 ? `${words.slice(0, 60)}…` : words;
}
