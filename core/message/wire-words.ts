import type { Locale } from "../text";
import type { ChannelKind, Purpose, Rendered } from "./channel";
import type { MessagingSettings } from "./settings";

/** What decides which marks a message must carry by law; `to` is its address. */
export type Wiring = {
  purpose: Purpose;
  locale: Locale;
  to: string | null;
  workspace: { name: string; currency: string };
  messaging: Pick<MessagingSettings, "signature" | "advert">;
};

const SIGNED = /^\s*【[^】]{2,}】/;
const MARKED = /^\s*[[(（【]?\s*(广告|AD\b)/i;
const ADVERT = { en: "AD: ", "zh-CN": "广告：" } satisfies Record<Locale, string>;

/**
 * Adds what the law asks of a message's words, unless the marketer wrote it: 【signature】 before SMS to mainland China (通信短信息服务管理规定),
 * 广告 or AD at the start of a marketing mail's subject (互联网电子邮件服务管理办法, 13).
 */
export function asWired<K extends ChannelKind>(channel: K, content: Rendered[K], of: Wiring): Rendered[K];
export function asWired(channel: ChannelKind, content: Rendered[ChannelKind], of: Wiring): Rendered[ChannelKind] {
  if (channel === "sms" && "text" in content && !("html" in content)) {
    const isMainland = of.to?.startsWith("+86") === true;
    if (!isMainland || SIGNED.test(content.text)) return content;
    return { text: `【${of.messaging.signature ?? of.workspace.name}】${unnamed(content.text, of)}` };
  }
  if ("subject" in content && of.purpose === "marketing" && isMarking(of) && !MARKED.test(content.subject))
    return { ...content, subject: `${ADVERT[of.locale]}${content.subject}` };
  return content;
}

/** Without the sender's name that the words begin with, as texts to other countries do ("Greenleaf: …"): the signature says it. */
function unnamed(text: string, { workspace, messaging }: Wiring): string {
  for (const name of [messaging.signature, workspace.name]) {
    const rest = name && text.startsWith(name) ? text.slice(name.length) : "";
    if (/^\s*[:：]/.test(rest)) return rest.replace(/^\s*[:：]\s*/, "");
  }
  return text;
}

const isMarking = ({ messaging: { advert }, workspace: { currency }, locale }: Wiring): boolean =>
  advert === "always" || (advert === "auto" && currency === "CNY" && locale === "zh-CN");
