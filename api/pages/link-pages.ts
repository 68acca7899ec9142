import type { ChannelKind } from "@/core/message/channel";
import type { Locale, Text } from "@/core/text";
import { inHtml, page } from "./page";

type Link = { channel: ChannelKind; workspaceName: string; locale: Locale };

const CHANNEL: Record<ChannelKind, Text> = {
  sms: { en: "text messages", "zh-CN": "短信" },
  email: { en: "emails", "zh-CN": "邮件" },
  push: { en: "push notifications", "zh-CN": "推送通知" },
};

/** One button, nothing to fill in: as easy to withdraw as to give. */
export function unsubscribePage({ channel, workspaceName, locale }: Link): string {
  const what = CHANNEL[channel][locale];
  const t = {
    en: {
      title: `Stop ${what}?`,
      text: `${workspaceName} will send you no more marketing ${what}. Messages about your orders and account still come.`,
      button: "Unsubscribe",
    },
    "zh-CN": {
      title: `退订${what}？`,
      text: `退订后，${workspaceName} 不再向您发送营销${what}。与您的订单和账户有关的通知仍会送达。`,
      button: "退订",
    },
  }[locale];
  return page(
    locale,
    t.title,
    `<p>${inHtml(t.text)}</p><form method="post"><button>${inHtml(t.button)}</button></form>`,
  );
}

export function unsubscribedPage({ channel, workspaceName, locale }: Link): string {
  const what = CHANNEL[channel][locale];
  const t = {
    en: {
      title: "You are unsubscribed",
      text: `No more marketing ${what} from ${workspaceName}. You may close this page.`,
    },
    "zh-CN": { title: "已退订", text: `${workspaceName} 不会再向您发送营销${what}。您可以关闭此页面。` },
  }[locale];
  return page(locale, t.title, `<p>${inHtml(t.text)}</p>`);
}

export function gonePage(locale: Locale): string {
  const t = {
    en: {
      title: "This link does not work",
      text: "It may have been cut off. Open it again from the message, or reply STOP to the message.",
    },
    "zh-CN": { title: "链接无效", text: "链接可能不完整。请从消息中重新打开，或直接回复“退订”。" },
  }[locale];
  return page(locale, t.title, `<p>${inHtml(t.text)}</p>`);
}
