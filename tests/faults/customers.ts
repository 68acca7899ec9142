import type { MemberId } from "@/core/ids";
import type { ChannelKind } from "@/core/message/channel";
import { engine, sql } from "@/platform/db";
import { members } from "../harness/journey";
import type { Shop } from "../harness/shop";

/** Orders that come few at a time are moved as they come; the ends of these waits are the conductors' work. */
export const WAIT_MS = 8_000;

/** What a run goes through here: condition, two kinds of reward, two channels, a wait that half of the members win. */
export const bigOrder = (limited: string, unlimited: string) => ({
  name: "Big order under faults",
  entry: "paid",
  nodes: [
    {
      id: "paid",
      kind: "on-event",
      config: { event: "order_paid", when: { field: "event.amount", is: "gte", value: 10_000 } },
    },
    { id: "gold", kind: "if", config: { when: { field: "member.tier", is: "eq", value: "gold" } } },
    {
      id: "both",
      kind: "reward",
      config: {
        grants: [
          { is: "coupon", offer: limited },
          { is: "points", points: 100 },
        ],
      },
    },
    { id: "small", kind: "reward", config: { grants: [{ is: "coupon", offer: unlimited }] } },
    {
      id: "sms",
      kind: "send",
      config: {
        channel: "sms",
        purpose: "marketing",
        expiresAfter: "P2D",
        content: { sms: { "zh-CN": { text: "【青禾】{{ member.name }} {{ coupon.code }} 退订回T" } } },
      },
    },
    {
      id: "mail",
      kind: "send",
      config: {
        channel: "email",
        purpose: "marketing",
        expiresAfter: "P2D",
        content: { email: { "zh-CN": { subject: "{{ coupon.code }}", blocks: [{ kind: "coupon" }] } } },
      },
    },
    {
      id: "wait",
      kind: "wait-for",
      config: {
        event: "coupon_redeemed",
        when: { field: "event.coupon_id", is: "in", value: { field: "coupon.ids" } },
        within: `PT${WAIT_MS / 1000}S`,
      },
    },
    { id: "tag", kind: "tag", config: { action: "add", tag: "coupon user" } },
  ],
  edges: [
    { from: "paid", port: "next", to: "gold" },
    { from: "gold", port: "yes", to: "both" },
    { from: "gold", port: "no", to: "small" },
    { from: "both", port: "granted", to: "sms" },
    { from: "small", port: "granted", to: "sms" },
    { from: "sms", port: "next", to: "mail" },
    { from: "mail", port: "next", to: "wait" },
    { from: "wait", port: "happened", to: "tag" },
  ],
  settings: {},
});

/** An order, and one marketing message for it. */
export const oneSend = (channel: ChannelKind, { expiresAfter = "P2D" } = {}) => ({
  name: `One ${channel}`,
  entry: "paid",
  nodes: [
    {
      id: "paid",
      kind: "on-event",
      config: { event: "order_paid", when: { field: "event.amount", is: "gte", value: 1 } },
    },
    { id: "send", kind: "send", config: { channel, purpose: "marketing", expiresAfter, content: CONTENT } },
  ],
  edges: [{ from: "paid", port: "next", to: "send" }],
  settings: {},
});
const CONTENT = {
  sms: { "zh-CN": { text: "【青禾】{{ member.name }}，谢谢惠顾 退订回T" } },
  email: { "zh-CN": { subject: "谢谢惠顾", blocks: [{ kind: "text", text: "{{ member.name }}" }] } },
  push: { "zh-CN": { title: "谢谢惠顾", body: "{{ member.name }}" } },
};

/** Gold and basic members mixed, so that a stock for gold runs out midway; each known to the shop's till by a userId. */
export async function customers(
  shop: Shop,
  count: number,
  gold = 0.5,
): Promise<{ member: MemberId; userId: string }[]> {
  const golden = Math.round(count * gold);
  const all = [...(await members(shop, golden, { tier: "gold" })), ...(await members(shop, count - golden))].sort(
    () => Math.random() - 0.5,
  );
  const known = all.map((member, i) => ({ member, userId: `u${i}` }));
  await engine((tx) =>
    tx.run(sql`
    INSERT INTO identity (workspace_id, kind, value, member_id, is_proven)
    SELECT ${shop.workspace}, 'userId', k.user_id, k.member, true FROM unnest(${known.map((k) => k.userId)}::text[], ${known.map((k) => k.member)}::uuid[]) AS k(user_id, member)`),
  );
  return known;
}

/** Posts until it is acknowledged, as every Segment client does: the same message id each time. Throws after a minute. */
export async function track(
  apiUrl: string,
  writeKey: string,
  messages: { userId: string; messageId: string; event: string; properties: object }[],
): Promise<void> {
  const body = JSON.stringify({
    batch: messages.map((m) => ({ type: "track", timestamp: new Date().toISOString(), ...m })),
    writeKey,
  });
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((done) => setTimeout(done, 200))) {
    try {
      const answer = await fetch(`${apiUrl}/v1/batch`, {
        method: "POST",
        body,
        headers: { "content-type": "application/json" },
        signal: AbortSignal.timeout(10_000),
      });
      if (answer.ok) return;
      if (answer.status < 500 && answer.status !== 429) throw new Refused(`${answer.status} ${await answer.text()}`);
    } catch (error) {
      if (error instanceof Refused) throw error;
    }
  }
  throw new Error("an event was not acknowledged within a minute");
}
class Refused extends Error {}

/** To every member: points, and a tag. */
export const broadcast = (perMinute = 0) => ({
  name: "To everyone",
  entry: "all",
  nodes: [
    { id: "all", kind: "on-broadcast", config: { at: "", segment: "", when: { all: [] }, perMinute } },
    { id: "points", kind: "reward", config: { grants: [{ is: "points", points: 10 }] } },
    { id: "tag", kind: "tag", config: { action: "add", tag: "reached" } },
  ],
  edges: [
    { from: "all", port: "next", to: "points" },
    { from: "points", port: "granted", to: "tag" },
  ],
  settings: {},
});

/** Asks the management API; throws what it refuses. */
export async function ask(
  apiKey: string,
  method: string,
  url: string,
  body: unknown,
): Promise<Record<string, unknown>> {
  const answer = await fetch(url, {
    method,
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", authorization: `Bearer ${apiKey}` },
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
