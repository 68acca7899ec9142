import { z } from "zod";
import type { Rule } from "../../rules/rule";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";
import { IsoDuration } from "../parts/iso-duration";
import { hostOf, METHODS, WebhookHeader, WebhookUrl } from "../parts/webhook";
import type { Problem } from "../problem";

const Config = z.strictObject({
  url: field(WebhookUrl, {
    field: "template",
    label: { en: "Address", "zh-CN": "地址" },
    help: { en: "https only; values may stand behind the host.", "zh-CN": "仅限 https；变量只能写在主机名之后。" },
  }),
  method: field(z.enum(METHODS), {
    field: "choice",
    label: { en: "Method", "zh-CN": "方法" },
    options: METHODS.map((method) => ({ value: method, label: { en: method, "zh-CN": method } })),
  }),
  headers: field(
    z
      .array(WebhookHeader)
      .max(10)
      .refine(
        (all) => new Set(all.map(({ name }) => name.toLowerCase())).size === all.length,
        "two headers share a name",
      ),
    { field: "headers", label: { en: "Headers", "zh-CN": "请求头" } },
  ),
  body: field(z.string().max(16_000), {
    field: "template",
    multiline: true,
    label: { en: "Body", "zh-CN": "请求体" },
    help: {
      en: "Empty: the member, the event and the run as JSON. The json filter writes a value with its quotes.",
      "zh-CN": "留空则以 JSON 发送会员、事件与本次运行。json 过滤器会写出带引号的值。",
    },
  }),
  within: field(IsoDuration, {
    field: "duration",
    label: { en: "Try for at most", "zh-CN": "最多尝试" },
    help: {
      en: "Repeated with the same webhook-id, at growing intervals, until it is taken.",
      "zh-CN": "以相同的 webhook-id 按递增间隔重试，直到对方接收。",
    },
  }),
});
type Config = z.infer<typeof Config>;

const ITS_OWN: Rule = { field: "event.call_id", is: "eq", value: { field: "here.call" } };

export const webhook: NodeKind<Config> = {
  family: "action",
  icon: "webhook",
  name: { en: "Webhook", "zh-CN": "Webhook" },
  about: {
    en: "Calls another system, signed, and goes on by its answer; later steps may read what it said.",
    "zh-CN": "带签名调用外部系统，并按其应答继续；后续步骤可读取应答内容。",
  },
  config: Config,
  initial: { url: "https://example.com/hook", method: "POST", headers: [], body: "", within: "PT1H" },
  blank: { url: "" },
  ports: () => [
    { id: "done", name: { en: "taken", "zh-CN": "已接收" }, tone: "yes" },
    {
      id: "failed",
      name: { en: "failed", "zh-CN": "失败" },
      about: {
        en: "The other system refused it, or did not answer in time.",
        "zh-CN": "对方系统拒绝，或未在期限内应答。",
      },
      tone: "no",
      isRare: true,
    },
  ],
  says: ({ method, url }) => ({
    text: { en: "{method} {host}", "zh-CN": "{method} {host}" },
    values: { method: { as: "text", text: method }, host: { as: "text", text: hostOf(url) } },
    needsKind: true,
  }),
  problems: ({ url }, _draft, node): Problem[] =>
    /(^|\.)example\.(com|org|net)$/.test(hostOf(url))
      ? [
          {
            code: "webhook_example",
            severity: "warning",
            node,
            path: ["url"],
            says: { en: "This is an example’s address: put your own.", "zh-CN": "这是示例地址，请换成自己的。" },
          },
        ]
      : [],
  steps: () => ({
    start: { does: { en: "Make the call", "zh-CN": "发起调用" } },
    called: {
      does: { en: "Wait until it is taken", "zh-CN": "等待对方接收" },
      ways: { answered: { en: "taken", "zh-CN": "已接收" } },
    },
    answered: { does: { en: "Note the answer", "zh-CN": "记录应答" } },
  }),
  compile: ({ method, url, headers, body, within }) => ({
    start: {
      op: "apply",
      effects: [{ type: "callWebhook", method, url, headers, body, within }],
      done: { step: "called" },
      refused: {},
    },
    called: {
      op: "wait",
      first: [
        { on: "webhook_done", when: ITS_OWN, go: { step: "answered" } },
        { on: "webhook_failed", when: ITS_OWN, go: { port: "failed" } },
        { until: { after: within }, go: { port: "failed" } },
      ],
    },
    answered: { op: "apply", effects: [{ type: "takeAnswer", of: "call" }], done: { port: "done" }, refused: {} },
  }),
};
