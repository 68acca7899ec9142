const ID = "0190a000-0000-7000-8000-000000000001";
const GOLD = { field: "member.tier", is: "eq", value: "gold" };
/** Without a timestamp: one of long ago would start no journey. */
const order = (number: string) => ({
  messageId: `till-7-${number}`,
  userId: "C10086",
  event: "order_paid",
  properties: { order_id: number, amount: 12800, store: "S1" },
});
const THANKS = {
  name: "Thanks for a large order",
  entry: "paid",
  nodes: [
    {
      id: "paid",
      kind: "on-event",
      config: { event: "order_paid", when: { field: "event.amount", is: "gte", value: 20000 } },
    },
    { id: "tag", kind: "tag", config: { action: "add", tag: "large order" } },
  ],
  edges: [{ from: "paid", port: "next", to: "tag" }],
  settings: {},
};

/** Bodies to copy, by route: what stands in the OpenAPI document. Each is taken as it is, but for an id or a code that is the caller's own. */
export const EXAMPLES: Readonly<Record<string, object>> = {
  "POST /merchants": { code: "EAST", name: "Greenleaf East" },
  "POST /stores": { merchant: ID, code: "S9", name: "Station Road", timeZone: "Asia/Shanghai" },
  "POST /offers": {
    name: { en: "20 off 100", "zh-CN": "满100减20" },
    terms: {
      discount: { kind: "amount_off", threshold: 10000, amount: 2000 },
      validity: { is: "days", days: 30 },
    },
    stock: 1000,
    perMember: 1,
  },
  "POST /offers/:offer/issue": { member: ID },
  "POST /coupons/:coupon/void": { reason: "printed by mistake" },
  "POST /redemptions/evaluate": { code: "3KSP4QND536Z", amount: 12800 },
  "POST /redemptions/confirm": { code: "3KSP4QND536Z", amount: 12800, orderRef: "20261128-0042" },
  "POST /redemptions/:redemption/cancel": { reason: "the order was returned" },
  "POST /members/:member/points/earn": { points: 100, reason: "goodwill" },
  "POST /members/:member/points/spend": { points: 100, reason: "tea for points" },
  "POST /members/:member/tags": { tags: ["likes oolong"] },
  "POST /members/:member/consents": { channel: "sms", evidence: "signed at the counter, form 17" },
  "POST /members/:member/merge": { into: ID },
  "POST /suppressions": { channel: "email", address: "someone@example.com", reason: "asked by phone" },
  "POST /segments": { name: "Gold members", rule: GOLD },
  "POST /segments/count": { rule: { did: "purchase", measure: "count", is: "gte", value: 2, days: 90 } },
  "POST /segments/estimate": { rule: GOLD },
  "POST /segments/sample": { rule: GOLD, limit: 5 },
  "POST /journeys": { document: THANKS, labels: ["service"] },
  "POST /journeys/check": { document: THANKS },
  "POST /keys": { kind: "secret", name: "Till 7", scopes: ["member.read", "coupon.redeem"] },
};

/** The same for the event API, by Segment's name of the call. */
export const EVENT_EXAMPLES = {
  identify: {
    messageId: "signup-10086",
    userId: "C10086",
    traits: { name: "Wang Fang", phone: "+8613800138000", birthday: "1990-05-05", consent: { sms: true } },
  },
  track: order("20261128-0042"),
  page: { anonymousId: "4f1c", name: "Oolong", properties: { url: "https://shop.example/oolong" } },
  screen: { userId: "C10086", name: "Wallet" },
  group: { userId: "C10086", groupId: "office-3", traits: { name: "Third floor" } },
  alias: { previousId: "4f1c", userId: "C10086" },
  batch: { batch: [{ type: "track", ...order("20261128-0043") }] },
  cloudEvents: {
    specversion: "1.0",
    id: "20261128-0044",
    source: "/till/7",
    type: "order_paid",
    subject: "C10086",
    data: order("20261128-0044").properties,
  },
} as const;
