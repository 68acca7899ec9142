import { isIP } from "node:net";
import { originOf, WebhookUrl } from "@/core/journey/parts/webhook";
import type { Text } from "@/core/text";
import { type Allowed, allowed } from "./allowed";
import { mayGoBare, mayReach } from "./reach";

/** Names of this very machine, whatever a resolver makes of them (RFC 6761). */
const LOOPBACK = ["127.0.0.1", "::1"];
const OWN_NAME = /^(?:.+\.)?localhost\.?$/i;

/**
 * Why no call to an address as drawn could ever be made; undefined where one can, as far as the drawing tells: a name is resolved only when it is
 * called. What is no address at all is the form's to say.
 */
export function barredAsDrawn(url: string, reach: Allowed = allowed()): Text | undefined {
  const parsed = WebhookUrl.safeParse(url);
  if (!parsed.success) return undefined;
  const { protocol, hostname } = new URL(originOf(parsed.data));
  const host = hostname.replace(/^\[|\]$/g, "");
  const isInside =
    isIP(host) !== 0
      ? !mayReach(host, host, reach)
      : OWN_NAME.test(host) && !LOOPBACK.some((own) => mayReach(host, own, reach));
  if (isInside)
    return {
      en: `${host} is an address inside a network, which webhooks may not call: give the receiver's public https address, or let whoever runs this installation allow it (WEBHOOK_ALLOW).`,
      "zh-CN": `${host} 是内部网络地址，Webhook 不能调用：请填写对方的公网 https 地址，或请系统管理员放行（WEBHOOK_ALLOW）。`,
    };
  if (protocol === "https:" || mayGoBare(host, reach)) return undefined;
  return {
    en: "Webhooks are sent by https only: begin the address with https://.",
    "zh-CN": "Webhook 只能通过 https 发送：地址请以 https:// 开头。",
  };
}
