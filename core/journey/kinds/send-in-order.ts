import { z } from "zod";
import { CHANNELS, type ChannelKind } from "../../message/channel";
import { channels } from "../../message/channels/registry";
import { MessageContent } from "../../message/content";
import type { Go, Step } from "../../plan/step";
import type { Rule } from "../../rules/rule";
import type { Text } from "../../text";
import type { InnerStep } from "../inner-step";
import type { NodeKind } from "../kind";
import { contentProblemsOf } from "../message-problems";
import { field } from "../parts/field";
import { IsoDuration } from "../parts/iso-duration";
import { sendFields, sendOptions } from "../parts/send-fields";

const Config = z.strictObject({
  channels: field(
    z
      .array(z.enum(CHANNELS))
      .min(1, "needs at least one channel")
      .max(CHANNELS.length)
      .refine((all) => new Set(all).size === all.length, "a channel stands twice"),
    {
      field: "channels",
      label: { en: "Channels, in order", "zh-CN": "渠道顺序" },
      help: {
        en: "The next one is tried when the one before did not arrive: no consent, no address, barred, failed or bounced.",
        "zh-CN": "前一渠道未能送达时尝试下一个：未同意、无联系方式、被屏蔽、发送失败或被退回。",
      },
    },
  ),
  purpose: field(z.enum(["marketing", "service"]), {
    field: "choice",
    label: { en: "Purpose", "zh-CN": "用途" },
    options: [
      { value: "marketing", label: { en: "Marketing (needs consent)", "zh-CN": "营销（需要会员同意）" } },
      { value: "service", label: { en: "Service (may carry no offer)", "zh-CN": "服务（不得含优惠）" } },
    ],
  }),
  content: field(MessageContent, { field: "contents", label: { en: "Content", "zh-CN": "内容" } }),
  within: field(IsoDuration, {
    field: "duration",
    label: { en: "Wait for each at most", "zh-CN": "每个渠道最多等待" },
    help: {
      en: "A message that could not leave by then is given up. Quiet hours that hold it do not count.",
      "zh-CN": "到时仍未发出的消息将被放弃；因免打扰时段等待的时间不计。",
    },
  }),
  silence: field(z.enum(["sent", "next"]), {
    field: "choice",
    label: { en: "If nobody tells by then", "zh-CN": "到时仍无结果" },
    options: [
      { value: "sent", label: { en: "Count it as sent", "zh-CN": "视为已送达" } },
      { value: "next", label: { en: "Try the next", "zh-CN": "尝试下一个" } },
    ],
  }),
  ...sendFields,
});
type Config = z.infer<typeof Config>;

/**
 * One message over several channels, until one arrives. A text message has arrived when its provider says so; a mail or a notification, whose
 * providers say nothing more, when they took it. A message that waited in the queue expires with its wait, so the next never overtakes it; quiet
 * hours that hold it are no part of either.
 */
export const sendInOrder: NodeKind<Config> = {
  family: "action",
  icon: "fallback",
  name: { en: "Send with fallback", "zh-CN": "多渠道补发" },
  about: {
    en: "Tries channels in order until the message arrives on one.",
    "zh-CN": "按顺序尝试多个渠道，直到消息送达。",
  },
  config: Config,
  initial: {
    channels: ["push", "sms"],
    purpose: "marketing",
    content: {},
    within: "PT1H",
    silence: "sent",
    category: "",
    quiet: "settings",
  },
  ports: () => [
    { id: "sent", name: { en: "sent", "zh-CN": "已送达" }, tone: "yes" },
    {
      id: "undeliverable",
      name: { en: "undeliverable", "zh-CN": "无法送达" },
      about: { en: "It arrived on none of the channels.", "zh-CN": "所有渠道均未送达。" },
      tone: "no",
      isRare: true,
    },
  ],
  says: (config) => ({
    text: {
      en: config.channels.map((channel) => channels[channel].name.en).join(", else "),
      "zh-CN": config.channels.map((channel) => channels[channel].name["zh-CN"]).join("，否则"),
    },
    values: {},
    needsKind: true,
  }),
  problems: ({ channels: order, purpose, content }, _draft, node) =>
    order.flatMap((channel) => contentProblemsOf(channel, purpose, content, node)),
  steps: ({ channels: order }) =>
    Object.fromEntries(
      order.flatMap((channel, i) => [
        [i === 0 ? "start" : `send_${channel}`, { does: by(channel, SENDS) }] as const,
        [`wait_${channel}`, hearing(channel, order[i + 1])] as const,
      ]),
    ),
  compile: (config) => ({
    start: sending(config, 0),
    ...Object.fromEntries(
      config.channels.flatMap((channel, i) => [
        ...(i > 0 ? [[`send_${channel}`, sending(config, i)] as const] : []),
        [`wait_${channel}`, waiting(config, i)] as const,
      ]),
    ),
  }),
};

function sending({ channels: order, purpose, content, within, ...options }: Config, i: number): Step {
  const channel = order[i] ?? "sms";
  return {
    op: "apply",
    effects: [
      {
        type: "sendMessage",
        channel,
        purpose,
        content: { ...content[channel] },
        expiresAfter: within,
        counts: "from_leaving",
        ...sendOptions(options),
      },
    ],
    done: { step: `wait_${channel}` },
    refused: {},
  };
}

const SENDS: Text = { en: "Send by {channel}", "zh-CN": "以{channel}发送" };
const HEARS: Text = { en: "Wait until it arrives by {channel}", "zh-CN": "等待{channel}送达" };
const TRIES_NEXT: Text = { en: "not delivered: by {channel} then", "zh-CN": "未送达，改用{channel}" };

const hearing = (channel: ChannelKind, next: ChannelKind | undefined): InnerStep => ({
  does: by(channel, HEARS),
  ...(next && { ways: { [`send_${next}`]: by(next, TRIES_NEXT) } }),
});

function by(channel: ChannelKind, words: Text): Text {
  const { en, "zh-CN": zh } = channels[channel].name;
  // What is all capitals is an abbreviation.
  const inline = /^[A-Z]+$/.test(en) ? en : en.toLowerCase();
  return { en: words.en.replace("{channel}", inline), "zh-CN": words["zh-CN"].replace("{channel}", zh) };
}

const ITS_OWN: Rule = { field: "event.message_id", is: "eq", value: { field: "here.message" } };

function waiting({ channels: order, within, silence }: Config, i: number): Step {
  const channel = order[i];
  const following = order[i + 1];
  const sent: Go = { port: "sent" };
  const next: Go = following ? { step: `send_${following}` } : { port: "undeliverable" };
  return {
    op: "wait",
    first: [
      { on: "message_delivered", when: ITS_OWN, go: sent },
      ...(channel === "sms" ? [] : [{ on: "message_sent", when: ITS_OWN, go: sent }]),
      { on: "message_bounced", when: ITS_OWN, go: next },
      { on: "message_failed", when: ITS_OWN, go: next },
      { until: { after: within, from: "leaving" }, go: silence === "sent" ? sent : next },
    ],
  };
}
