import type { Locale, Text } from "../text";

/** What the engine writes where it pauses a journey whose runs fail. */
const ITSELF = /^(\d+) of the last (\d+) runs failed: (?<inner>.*)$/s;
export const pausedItself = (reason: string): boolean => ITSELF.test(reason);

/** What the engine and the senders write where a run or a message ended, whole; figures and what somebody else said stay in their place. */
const WORDS: readonly [RegExp, Text][] = [
  [
    /^passed this step (\d+) times, as often as the journey allows$/,
    {
      en: "Came back to this step more often than the journey allows ($1).",
      "zh-CN": "回到此步骤的次数超过旅程允许的上限（$1 次）。",
    },
  ],
  [
    ITSELF,
    {
      en: "It paused itself: $1 of the last $2 runs failed. $3",
      "zh-CN": "已自动暂停：最近 $2 次运行中有 $1 次失败。$3",
    },
  ],
  [
    /^an exit of the journey held$/,
    { en: "An exit condition of the journey held.", "zh-CN": "满足了旅程的退出条件。" },
  ],
  [/^stopped by another journey$/, { en: "Another journey ended it.", "zh-CN": "被另一个旅程终止。" }],
  [/^merged$/, { en: "The member was merged into another.", "zh-CN": "该会员已合并到另一位会员。" }],
  [
    /^the plan does not come to a wait or an end$/,
    { en: "The journey comes to no wait and no end.", "zh-CN": "旅程始终走不到等待或结束。" },
  ],
  [/^its plan is missing$/, { en: "The published version is missing.", "zh-CN": "已发布的版本缺失。" }],
  [/^its member is missing$/, { en: "The member is missing.", "zh-CN": "会员缺失。" }],
  [/^unknown$/, { en: "The provider has not said whether it took it.", "zh-CN": "服务商未告知是否已接收。" }],
  [/^undelivered$/, { en: "The provider could not deliver it.", "zh-CN": "服务商未能送达。" }],
  [/^never_arrived$/, { en: "It never arrived at the provider.", "zh-CN": "消息未到达服务商。" }],
  [/^invalid_address$/, { en: "The address is not valid.", "zh-CN": "地址无效。" }],
  [/^stop_reply$/, { en: "The member replied STOP.", "zh-CN": "会员回复了退订。" }],
  [/^complaint$/, { en: "The member complained of a message.", "zh-CN": "会员投诉了消息。" }],
  [/^by hand$/, { en: "Somebody of the team added it.", "zh-CN": "由团队成员添加。" }],
  [/^content_missing$/, { en: "The step has no content for this channel.", "zh-CN": "此步骤没有该渠道的内容。" }],
  [/^content_invalid$/, { en: "The content is not complete.", "zh-CN": "内容不完整。" }],
  [
    /^too_long: (\d+) characters, at most (\d+)$/,
    { en: "Too long: $1 characters, at most $2.", "zh-CN": "过长：$1 个字符，最多 $2 个。" },
  ],
  [
    /^https_only$/,
    {
      en: "The address begins with http; webhooks are sent by https only.",
      "zh-CN": "地址为 http；Webhook 只能通过 https 发送。",
    },
  ],
  [
    /^address_not_allowed$/,
    {
      en: "The address leads inside a network, which webhooks may not call.",
      "zh-CN": "地址指向内部网络，Webhook 不能调用。",
    },
  ],
  [/^bad_address$/, { en: "Filled in, the address led to another host.", "zh-CN": "填入变量后，地址指向了其他主机。" }],
  [
    /^redirect_not_followed$/,
    {
      en: "The receiver redirected it, and redirects are not followed: give the address it leads to.",
      "zh-CN": "对方要求跳转，而跳转不会被执行：请直接填写跳转后的地址。",
    },
  ],
  [/^status_(\d+)$/, { en: "The receiver answered with status $1.", "zh-CN": "对方返回状态码 $1。" }],
  [/^timeout$/, { en: "The receiver did not answer in time.", "zh-CN": "对方未在时限内应答。" }],
  [/^(?:enotfound|eai_again)$/, { en: "The receiver's name cannot be resolved.", "zh-CN": "无法解析对方的域名。" }],
  [/^econnrefused$/, { en: "The receiver took no connection.", "zh-CN": "对方拒绝连接。" }],
  [
    /^(?:connection_failed|econnreset|epipe|etimedout|ehostunreach|enetunreach)$/,
    { en: "The connection to the receiver failed.", "zh-CN": "与对方的连接失败。" },
  ],
  [
    /^(?:cert_|depth_zero|self_signed|unable_to_|err_tls_).*$/,
    { en: "The receiver's certificate is not valid.", "zh-CN": "对方的证书无效。" },
  ],
  [/^content_failed: (.+)$/s, { en: "It could not be filled in: $1", "zh-CN": "内容无法填入：$1" }],
  [/^syntax: (.+)$/s, { en: "The template has a mistake: $1", "zh-CN": "模板有误：$1" }],
  [/^mjml: (.+)$/s, { en: "The mail's MJML has a mistake: $1", "zh-CN": "邮件的 MJML 有误：$1" }],
  [
    /^limit: .*$/s,
    {
      en: "The template asks for too much work: make it shorter, with fewer and smaller loops.",
      "zh-CN": "模板的运算量过大：请缩短模板，减少循环及其次数。",
    },
  ],
  [
    /^coupon_missing: .*$/s,
    { en: "It names a coupon that this run did not get.", "zh-CN": "内容引用了本次旅程未发放的优惠券。" },
  ],
  [
    /^not_text: (.+) is an object.*$/s,
    {
      en: "“$1” is an object or a list of objects, which nobody can read.",
      "zh-CN": "“$1”的值是对象或对象列表，无法作为文字显示。",
    },
  ],
  [/^empty: .*$/s, { en: "Filled in, nothing of it was left.", "zh-CN": "填入变量后内容为空。" }],
  [/^bad_link: (.+)$/s, { en: "A link is not valid: $1", "zh-CN": "链接无效：$1" }],
  [/^no_unsubscribe: .*$/s, { en: "A promotion without a way to unsubscribe.", "zh-CN": "营销消息缺少退订方式。" }],
];

/** Such a reason as a sentence; undefined where it is of another kind: a provider's own words, a database's. */
export function reasonWords(reason: string, locale: Locale): string | undefined {
  const known = WORDS.find(([pattern]) => pattern.test(reason));
  if (!known) return undefined;
  // A reason may end with that of what it tells about.
  const inner = known[0].exec(reason)?.groups?.inner;
  const whole = inner ? reason.slice(0, -inner.length) + (reasonWords(inner, locale) ?? inner) : reason;
  return whole.replace(known[0], known[1][locale]);
}
