import type { JourneyEdge, JourneyNode } from "../journey/document";
import type { ChannelKind } from "../message/channel";
import type { Content, MessageContent } from "../message/content";
import type { Rule } from "../rules/rule";

/** Edges as `from.port → to`, so that a drawing reads line by line. */
export const wires = (...lines: `${string}.${string} → ${string}`[]): JourneyEdge[] =>
  lines.map((line) => {
    const [way = "", to = ""] = line.split(" → ");
    const [from = "", port = ""] = way.split(".");
    return { from, port, to };
  });

type Words<K extends ChannelKind> = { en: Content[K]; "zh-CN": Content[K] };

/** A marketing message in both languages. */
export function send<K extends ChannelKind>(
  id: string,
  channel: K,
  words: Words<K>,
  expiresAfter = "P2D",
): JourneyNode {
  const content: MessageContent = { [channel]: words };
  return { id, kind: "send", config: { channel, purpose: "marketing", content, expiresAfter } };
}

/** Waits until one of the coupons issued in this run is used. */
export const waitForRedemption = (id: string, within: string): JourneyNode => ({
  id,
  kind: "wait-for",
  config: { event: "coupon_redeemed", when: OWN_COUPON, within },
});

const OWN_COUPON: Rule = { field: "event.coupon_id", is: "in", value: { field: "coupon.ids" } };

export const addTag = (id: string, tag: string): JourneyNode => ({ id, kind: "tag", config: { action: "add", tag } });
