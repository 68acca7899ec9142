import type { MemberId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import type { Shard } from "@/services/engine/claim";
import type { LiveJourney } from "@/services/plans/plans";
import { liveJourney, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";

export type Campaign = { shop: Shop; journey: LiveJourney; shard: Shard };

/** The benches' journey: an order of 100 or more → gold? → a coupon → a mail with its code → wait until it is redeemed, at most 7 days. */
const draft = (own: Shop) => ({
  name: "Big order",
  entry: "paid",
  nodes: [
    {
      id: "paid",
      kind: "on-event",
      config: { event: "order_paid", when: { field: "event.amount", is: "gte", value: 10_000 } },
    },
    { id: "gold", kind: "if", config: { when: { field: "member.tier", is: "eq", value: "gold" } } },
    { id: "gift", kind: "reward", config: { grants: [{ is: "coupon", offer: own.offer }] } },
    {
      id: "mail",
      kind: "send",
      config: { channel: "email", purpose: "marketing", expiresAfter: "P2D", content: { email: { "zh-CN": MAIL } } },
    },
    {
      id: "wait",
      kind: "wait-for",
      config: {
        event: "coupon_redeemed",
        when: { field: "event.coupon_id", is: "in", value: { field: "coupon.ids" } },
        within: "P7D",
      },
    },
    { id: "tag", kind: "tag", config: { tag: "coupon user", action: "add" } },
  ],
  edges: [
    { from: "paid", port: "next", to: "gold" },
    { from: "gold", port: "yes", to: "gift" },
    { from: "gift", port: "granted", to: "mail" },
    { from: "mail", port: "next", to: "wait" },
    { from: "wait", port: "happened", to: "tag" },
  ],
  settings: {},
});

/** The words of its mail. */
export const MAIL = {
  subject: "{{ member.name }}，您的优惠券到了",
  blocks: [
    { kind: "heading", text: "谢谢您，{{ member.name }}" },
    { kind: "text", text: "感谢您的订单，送您一张优惠券：{{ coupon.code }}。" },
    { kind: "coupon" },
  ],
};

/** The step whose passing is the last before the wait. */
export const LAST_STEP = "mail.start";

/** A workspace with the journey live. */
export async function campaign(): Promise<Campaign> {
  const own = await shop();
  const { id, plan, shard } = await liveJourney(own, draft(own));
  return { shop: own, journey: { id, plan, state: "live", shards: 1, mappings: 0, holdout: null }, shard };
}

/** Gold members who agreed to everything; the tables' statistics are made afresh, as autovacuum does in time. */
export async function goldMembers(own: Shop, count: number): Promise<MemberId[]> {
  const ids = await members(own, count, { tier: "gold" });
  for (const table of ["member", "consent"])
    await peek(table === "member" ? sql`VACUUM ANALYZE member` : sql`VACUUM ANALYZE consent`);
  return ids;
}

/** How many runs have passed the send; their wait was parked in the same transaction. */
export async function passed({ shop: { workspace }, journey }: Campaign): Promise<number> {
  const [row] = await peek<{ n: number }>(sql`
    SELECT COALESCE(sum(count), 0)::int AS n FROM traffic WHERE workspace_id = ${workspace} AND journey_id = ${journey.id} AND step = ${LAST_STEP}`);
  return row?.n ?? 0;
}

/** Throws unless every one of `count` members has exactly one parked run, one coupon and one message. */
export async function check({ shop: { workspace } }: Campaign, count: number): Promise<void> {
  const found = await engine((tx) =>
    tx.one<{ runs: number; coupons: number; messages: number; journal: number; issued: number }>(sql`
      SELECT (SELECT count(*)::int FROM run WHERE workspace_id = ${workspace} AND state = 'parked') AS runs,
        (SELECT count(DISTINCT member_id)::int FROM coupon WHERE workspace_id = ${workspace}) AS coupons,
        (SELECT count(DISTINCT member_id)::int FROM message WHERE workspace_id = ${workspace}) AS messages,
        (SELECT count(*)::int FROM journal WHERE workspace_id = ${workspace}) / 3 AS journal,
        (SELECT sum(issued)::int FROM offer_stock WHERE workspace_id = ${workspace}) AS issued`),
  );
  for (const [what, n] of Object.entries(found ?? {}))
    if (n !== count) throw new Error(`${what}: ${n} instead of ${count}`);
}
