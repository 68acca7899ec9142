import { addTag, choose, coupon, couponSms, draw, goal, mail, onEvent, push, waitForRedemption } from "../drawing";
import { amountOff, voucher } from "../offers";
import type { Recipe } from "../recipe";

/** An order of 100 yuan or more → a reward by tier → SMS and mail → the tag of those who use it, a push to those who do not. */
export const bigOrder: Recipe<"gold" | "others"> = {
  name: { en: "Thanks for a big order", "zh-CN": "大额订单答谢" },
  about: {
    en: "An order of 100 or more: gold members get 20 off 100 and 100 points, others 5 off; a push if the coupon is not used in a week.",
    "zh-CN": "单笔满 100 元：金卡会员得满 100 减 20 券和 100 积分，其他会员得 5 元券；一周未使用则推送提醒。",
  },
  purpose: "reward",
  packs: ["retail", "restaurants"],
  offers: {
    gold: amountOff({ en: "20 off 100", "zh-CN": "满100减20" }, { threshold: 10_000, amount: 2_000, days: 30 }),
    others: voucher({ en: "5 off", "zh-CN": "5元代金券" }, { amount: 500, days: 30 }),
  },
  document: (offers, say) =>
    draw({
      name: say(bigOrder.name),
      nodes: [
        onEvent("paid", "order_paid", { field: "event.amount", is: "gte", value: 10_000 }),
        choose("gold", say({ en: "Gold member?", "zh-CN": "金卡会员？" }), {
          field: "member.tier",
          is: "eq",
          value: "gold",
        }),
        coupon("both", offers.gold, { points: 100, reason: say({ en: "big order", "zh-CN": "大额订单" }) }),
        coupon("five", offers.others),
        couponSms("sms", {
          en: "{{ member.name }}, thank you for your order of {{ event.amount | money }}. For you:",
          "zh-CN": "{{ member.name }}，感谢您消费{{ event.amount | money }}！送您",
        }),
        mail("email", {
          subject: {
            en: "A thank-you for your order, {{ member.name }}",
            "zh-CN": "{{ member.name }}，感谢惠顾，礼券已到账",
          },
          preheader: {
            en: "{{ coupon.name }}, until {{ coupon.expires_at | date }}",
            "zh-CN": "{{ coupon.name }}，有效期至{{ coupon.expires_at | date }}",
          },
          heading: { en: "Thank you, {{ member.name }}", "zh-CN": "{{ member.name }}，谢谢您" },
          text: {
            en: "You spent {{ event.amount | money }}{% if store %} at {{ store.name }}{% endif %}. This is for your next visit:",
            "zh-CN":
              "您{% if store %}在{{ store.name }}{% endif %}消费了{{ event.amount | money }}，这份心意留给您的下一次光临：",
          },
        }),
        waitForRedemption("used", "P7D"),
        addTag("user", say({ en: "coupon user", "zh-CN": "爱用券" })),
        goal("back"),
        push(
          "reminder",
          { en: "Your coupon waits", "zh-CN": "您的优惠券还没用" },
          {
            en: "{{ coupon.name }}: until {{ coupon.expires_at | date }}",
            "zh-CN": "{{ coupon.name }}，{{ coupon.expires_at | date }}前有效",
          },
        ),
      ],
      wires: [
        "paid.next → gold",
        "gold.yes → both",
        "gold.no → five",
        "both.granted → sms",
        "five.granted → sms",
        "sms.next → email",
        "email.next → used",
        "used.happened → user",
        "user.next → back",
        "used.timeout → reminder",
      ],
      settings: { reentry: { is: "per_key", key: "order_id" }, priority: 10 },
    }),
};
