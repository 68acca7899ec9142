import { z } from "zod";
import { CHANNELS } from "../../message/channel";
import { channels } from "../../message/channels/registry";
import { MessageContent } from "../../message/content";
import type { Text } from "../../text";
import type { NodeKind } from "../kind";
import { contentProblemsOf } from "../message-problems";
import { field } from "../parts/field";
import { IsoDuration } from "../parts/iso-duration";
import { sendFields, sendOptions } from "../parts/send-fields";

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
  ...sendFields,
});
type Config = z.infer<typeof Config>;

/** Content of the other channels is kept in the config, so that trying a channel loses nothing; only the chosen one is compiled. */
export const send: NodeKind<Config> = {
  family: "action",
  icon: "send",
  name: { en: "Send a message", "zh-CN": "发送消息" },
  about: { en: "SMS, email or push, in the member's language.", "zh-CN": "以会员的语言发送短信、邮件或推送。" },
  config: Config,
  initial: {
    channel: "sms",
    purpose: "marketing",
    // Nothing is said that nobody wrote.
    content: {},
    expiresAfter: "P2D",
    category: "",
    quiet: "settings",
  },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: ({ channel, content }) => ({
    text: { en: `${channels[channel].name.en}: {text}`, "zh-CN": `${channels[channel].name["zh-CN"]}：{text}` },
    values: { text: { as: "words", words: firstWords(content[channel]) } },
  }),
  problems: ({ channel, purpose, content }, _draft, node) => contentProblemsOf(channel, purpose, content, node),
  compile: ({ channel, purpose, content, expiresAfter, ...options }) => ({
    start: {
      op: "apply",
      effects: [
        {
          type: "sendMessage",
          channel,
          purpose,
          content: { ...content[channel] },
          expiresAfter,
          ...sendOptions(options),
        },
      ],
      done: { port: "next" },
      refused: {},
    },
  }),
};

/** The first words that a reader of each language sees, for the card. */
function firstWords(texts: Config["content"][Config["channel"]]): Text {
  const [en, zh] = [texts?.en, texts?.["zh-CN"]].map((text) => {
    if (!text) return undefined;
    const words = "text" in text ? text.text : "subject" in text ? text.subject : text.title;
    return words.length > 60 ? `${words.slice(0, 60)}…` : words;
  });
  return { en: en ?? zh ?? "nothing written yet", "zh-CN": zh ?? en ?? "尚未撰写" };
}
