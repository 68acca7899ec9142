import { z } from "zod";
import { CHANNELS } from "../../message/channel";
import { channels } from "../../message/channels/registry";
import { MessageContent } from "../../message/content";
import { mentions } from "../../message/liquid-text";
import { LOCALES } from "../../text";
import { asking, askingSteps } from "../asking";
import type { NodeKind } from "../kind";
import { contentProblemsOf } from "../message-problems";
import { field } from "../parts/field";
import { IsoDuration } from "../parts/iso-duration";
import { portsOf, Questions } from "../parts/survey";
import type { Port } from "../port";
import type { Problem } from "../problem";

const TIMEOUT = { id: "timeout", name: { en: "no answer", "zh-CN": "未回答" }, tone: "late" } as const;

const UNDELIVERABLE: Port = {
  id: "undeliverable",
  name: { en: "undeliverable", "zh-CN": "无法送达" },
  about: {
    en: "The message did not reach the member: no consent, no address, failed. Without a line of its own, as if unanswered.",
    "zh-CN": "消息未送达会员：未同意、无联系方式或发送失败。未连线时按未回答处理。",
  },
  tone: "no",
  isRare: true,
  orElse: TIMEOUT.id,
};
const RESERVED: readonly string[] = [TIMEOUT.id, UNDELIVERABLE.id];

const PREFILLED: MessageContent = {
  sms: {
    "zh-CN": { text: "【{{ workspace.name }}】{{ member.name }}，您的体验如何？{{ links.survey }}" },
    en: { text: "{{ workspace.name }}: {{ member.name }}, how was your visit? {{ links.survey }}" },
  },
};

const Config = z.strictObject({
  title: field(z.string().trim().min(1, "name the survey").max(120), {
    field: "text",
    label: { en: "Name", "zh-CN": "问卷名称" },
    help: { en: "Stands above the questions.", "zh-CN": "显示在问题上方。" },
  }),
  questions: field(Questions, {
    field: "questions",
    label: { en: "Questions", "zh-CN": "问题" },
    help: { en: "The first one decides the way on.", "zh-CN": "第一题的回答决定后续路径。" },
  }),
  channel: field(z.enum(CHANNELS), {
    field: "choice",
    label: { en: "Ask by", "zh-CN": "发送渠道" },
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
  content: field(MessageContent, {
    field: "content",
    label: { en: "Message with {{ links.survey }}", "zh-CN": "消息（含 {{ links.survey }}）" },
  }),
  within: field(IsoDuration, { field: "duration", label: { en: "Open for", "zh-CN": "有效期" } }),
});
type Config = z.infer<typeof Config>;

export const survey: NodeKind<Config> = {
  family: "action",
  icon: "survey",
  name: { en: "Survey", "zh-CN": "问卷" },
  about: {
    en: "Sends a link to a few questions, and goes on by the answer to the first.",
    "zh-CN": "发送问卷链接，并按第一题的回答继续。",
  },
  config: Config,
  initial: {
    title: "How was your visit? · 您的体验如何？",
    questions: [
      {
        is: "score",
        id: "rating",
        text: { en: "How happy were you?", "zh-CN": "您有多满意？" },
        most: 5,
        lowUpTo: 3,
      },
      { is: "text", id: "comment", text: { en: "What could be better?", "zh-CN": "哪里可以更好？" } },
    ],
    channel: "sms",
    purpose: "service",
    content: PREFILLED,
    within: "P7D",
  },
  ports: ({ questions }) => [...portsOf(questions[0]).map(({ holds: _, ...port }) => port), TIMEOUT, UNDELIVERABLE],
  says: ({ title, questions, within }) => ({
    text: { en: "“{title}”, {count} questions, open {duration}", "zh-CN": "“{title}”，{count} 题，有效 {duration}" },
    values: {
      title: { as: "text", text: title },
      count: { as: "count", count: questions.length },
      duration: { as: "duration", duration: within },
    },
    needsKind: true,
  }),
  problems: (config, _draft, node) => [
    ...contentProblemsOf(config.channel, config.purpose, config.content, node, PREFILLED),
    ...withoutLink(config, node),
    ...portProblems(config, node),
  ],
  steps: () =>
    askingSteps(
      {
        ask: { en: "Send the link", "zh-CN": "发送问卷链接" },
        wait: { en: "Wait for the answers", "zh-CN": "等待填写" },
        came: { en: "answered", "zh-CN": "已填写" },
        close: { en: "Close the survey", "zh-CN": "关闭问卷" },
      },
      { unheard: true },
    ),
  compile: ({ title, questions, channel, purpose, content, within }) => {
    const [first] = questions;
    const ports = portsOf(first);
    return asking(
      [
        {
          type: "openTask",
          kind: "survey",
          title,
          instructions: "",
          severity: "normal",
          role: null,
          store: "entry",
          within,
          escalation: { is: "none" },
          outcomes: [],
          questions,
        },
        { type: "sendMessage", channel, purpose, content: { ...content[channel] }, expiresAfter: within },
      ],
      {
        on: "survey_answered",
        within,
        cases: ports.flatMap(({ id, holds }) =>
          holds ? [{ port: id, when: { field: `here.answer.${first?.id}`, ...holds } }] : [],
        ),
        otherwise: ports.at(-1)?.id ?? TIMEOUT.id,
        late: TIMEOUT.id,
        unheard: UNDELIVERABLE.id,
      },
    );
  },
};

/** A message without the link asks nothing. */
function withoutLink({ channel, content }: Config, node: string): Problem[] {
  return LOCALES.flatMap((locale): Problem[] => {
    const text = content[channel]?.[locale];
    if (!text || mentions(JSON.stringify(text), "links.survey")) return [];
    return [
      {
        code: "survey_link_missing",
        severity: "error",
        node,
        path: ["content", channel, locale],
        says: {
          en: "The message does not lead to the survey: insert {{ links.survey }}.",
          "zh-CN": "消息中没有问卷链接：请插入 {{ links.survey }}。",
        },
      },
    ];
  });
}

function portProblems({ questions: [first] }: Config, node: string): Problem[] {
  const taken = first?.is === "choice" ? first.options.find(({ id }) => RESERVED.includes(id)) : undefined;
  if (!taken) return [];
  return [
    {
      code: "option_reserved",
      severity: "error",
      node,
      path: ["questions", 0, "options"],
      says: {
        en: `“${taken.id}” is the way of those who do not answer, or whom the message does not reach: give the option another id.`,
        "zh-CN": `“${taken.id}”是未回答或未收到消息者的出口，请为选项换一个 id。`,
      },
    },
  ];
}
