export const OFFER = "00000000-0000-7000-8000-000000000001";
/** The spine's journey as a document, for tests: a big order, a reward by tier, a message, a wait for the redemption. */
export const bigOrder = {
  name: "Big order",
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
          { is: "coupon", offer: OFFER },
          { is: "points", points: 100 },
        ],
      },
    },
    { id: "five", kind: "reward", config: { grants: [{ is: "coupon", offer: OFFER }] } },
    {
      id: "sms",
      kind: "send",
      config: {
        channel: "sms",
        purpose: "marketing",
        content: { sms: { en: { text: "{{ coupon.code }}" }, "zh-CN": { text: "【店】{{ coupon.code }}" } } },
        expiresAfter: "P2D",
      },
    },
    {
      id: "used",
      kind: "wait-for",
      config: {
        event: "coupon_redeemed",
        when: { field: "event.coupon_id", is: "in", value: { field: "coupon.ids" } },
        within: "P7D",
      },
    },
    { id: "user", kind: "tag", config: { action: "add", tag: "coupon user" } },
    {
      id: "nudge",
      kind: "send",
      config: {
        channel: "push",
        purpose: "marketing",
        content: {
          push: { en: { title: "Still yours", body: "Use it" }, "zh-CN": { title: "别忘了", body: "快来用" } },
        },
        expiresAfter: "P1D",
      },
    },
  ],
  edges: [
    { from: "paid", port: "next", to: "gold" },
    { from: "gold", port: "yes", to: "both" },
    { from: "gold", port: "no", to: "five" },
    { from: "both", port: "granted", to: "sms" },
    { from: "five", port: "granted", to: "sms" },
    { from: "sms", port: "next", to: "used" },
    { from: "used", port: "happened", to: "user" },
    { from: "used", port: "timeout", to: "nudge" },
  ],
  exits: [{ on: "account_closed", when: { all: [] } }],
};
