import { JourneyDocument } from "../journey/document";
import { OfferTerms } from "../loyalty/offer";
import { addTag, send, waitForRedemption, wires } from "./drawing";
import type { Recipe } from "./recipe";

/** An order of 100 yuan or more → a reward by tier → SMS and mail → the tag of those who use it, a push to those who do not. */
export const bigOrder: Recipe<"gold" | "others"> = {
  name: { en: "Thanks for a big order", "zh-CN": "大额订单答谢" },
  about: {
    en: "An order of 100 or more: gold members get 20 off 100 and 100 points, others 5 off; a push if the coupon is not used in a week.",
    "zh-CN": "单笔满100元：金卡会员得满100减20券和100积分，其他会员得5元券；一周未使用则推送提醒。",
  },
  offers: {
    gold: {
      name: { en: "20 off 100", "zh-CN": "满100减20" },
      terms: OfferTerms.parse({
        discount: { kind: "amount_off", threshold: 10_000, amount: 2_000 },
        validity: { is: "days", days: 30 },
      }),
      perMember: null,
    },
    others: {
      name: { en: "5 off", "zh-CN": "5元代金券" },
      terms: OfferTerms.parse({ discount: { kind: "cash_voucher", amount: 500 }, validity: { is: "days", days: 30 } }),
      perMember: null,
    },
  },
  document: (offers, say) =>
    JourneyDocument.parse({
      name: say(bigOrder.name),
      entry: "paid",
      nodes: [
        {
          id: "paid",
          kind: "on-event",
          config: { event: "order_paid", when: { field: "event.amount", is: "gte", value: 10_000 } },
        },
        {
          id: "gold",
          kind: "if",
          title: say({ en: "Gold member?", "zh-CN": "金卡会员？" }),
          config: { when: { field: "member.tier", is: "eq", value: "gold" } },
        },
        {
          id: "both",
          kind: "reward",
          config: {
            grants: [
              { is: "coupon", offer: offers.gold },
              { is: "points", points: 100, reason: "big order" },
            ],
          },
        },
        { id: "five", kind: "reward", config: { grants: [{ is: "coupon", offer: offers.others }] } },
        send("sms", "sms", {
          en: {
            text: "[{{ workspace.name }}] {{ member.name }}, thank you for your order of {{ event.amount | money }}. For you: {{ coupon.name }}, code {{ coupon.code }}, valid until {{ coupon.expires_at | date }}.",
          },
          "zh-CN": {
            text: "【{{ workspace.name }}】{{ member.name }}，感谢您消费{{ event.amount | money }}！送您{{ coupon.name }}，券码 {{ coupon.code }}，有效期至{{ coupon.expires_at | date }}。",
          },
        }),
        send("email", "email", {
          en: {
            subject: "A thank-you for your order, {{ member.name }}",
            preheader: "{{ coupon.name }}, until {{ coupon.expires_at | date }}",
            blocks: [
              { kind: "heading", text: "Thank you, {{ member.name }}" },
              {
                kind: "text",
                text: "You spent {{ event.amount | money }}{% if store %} at {{ store.name }}{% endif %}. This is for your next visit:",
              },
              { kind: "coupon" },
            ],
          },
          "zh-CN": {
            subject: "（广告）{{ member.name }}，感谢您的惠顾，礼券已到账",
            preheader: "{{ coupon.name }}，有效期至{{ coupon.expires_at | date }}",
            blocks: [
              { kind: "heading", text: "{{ member.name }}，谢谢您" },
              {
                kind: "text",
                text: "您{% if store %}在{{ store.name }}{% endif %}消费了{{ event.amount | money }}，这份心意留给您的下一次光临：",
              },
              { kind: "coupon" },
            ],
          },
        }),
        waitForRedemption("used", "P7D"),
        addTag("user", "coupon user"),
        send("reminder", "push", {
          en: { title: "Your coupon waits", body: "{{ coupon.name }}: until {{ coupon.expires_at | date }}" },
          "zh-CN": { title: "您的优惠券还没用", body: "{{ coupon.name }}，{{ coupon.expires_at | date }}前有效" },
        }),
      ],
      edges: wires(
        "paid.next → gold",
        "gold.yes → both",
        "gold.no → five",
        "both.granted → sms",
        "five.granted → sms",
        "sms.next → email",
        "email.next → used",
        "used.happened → user",
        "used.timeout → reminder",
      ),
      exits: [{ on: "account_closed", when: { all: [] } }],
      settings: { reentry: { is: "per_key", key: "order_id" }, priority: 10 },
    }),
};
