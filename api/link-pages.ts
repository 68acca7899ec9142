import type { ChannelKind } from "@/core/message/channel";
import type { Locale, Text } from "@/core/text";

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

const inHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const page = (locale: Locale, title: string, body: string): string => `<!doctype html>
<html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${inHtml(title)}</title>
<style>
:root{color-scheme:light dark;font:16px/1.6 system-ui,"PingFang SC","Noto Sans SC",sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:Canvas;color:CanvasText}
main{max-width:26rem;padding:2rem}h1{font-size:1.4rem;margin:0 0 .75rem}p{margin:0 0 1.5rem;opacity:.8}
button{font:inherit;padding:.7rem 1.6rem;border:0;border-radius:.6rem;background:#1f6f50;color:#fff;cursor:pointer}
button:focus-visible{outline:3px solid #1f6f5080;outline-offset:2px}
</style><main><h1>${inHtml(title)}</h1>${body}</main></html>`;
