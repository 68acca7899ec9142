import { coupon, couponSms, draw, goal, onEvent, waitFor } from "../drawing";
import { amountOff } from "../offers";
import type { Recipe } from "../recipe";

/** Bought skincare, and no make-up in 30 days → a coupon for both together. */
export const boughtANotB: Recipe<"bundle"> = {
  name: { en: "Bought one, not yet the other", "zh-CN": "关联商品推荐" },
  about: {
    en: "Who bought skincare and no make-up in 30 days gets 20 off 150 for both together; put your own categories in.",
    "zh-CN": "购买护肤品后 30 天内未买彩妆的会员，收到满 150 减 20 组合券；品类可换成您自己的。",
  },
  purpose: "upsell",
  packs: ["retail"],
  offers: {
    bundle: amountOff(
      { en: "Together: 20 off 150", "zh-CN": "组合购：满150减20" },
      { threshold: 15_000, amount: 2_000, days: 14 },
    ),
  },
  document: (offers, say) => {
    const [a, b] = [say({ en: "skincare", "zh-CN": "护肤" }), say({ en: "make-up", "zh-CN": "彩妆" })];
    return draw({
      name: say(boughtANotB.name),
      nodes: [
        onEvent("bought", "order_paid", {
          all: [
            { field: "event.items.category", is: "contains", value: a },
            { field: "event.items.category", is: "not_contains", value: b },
          ],
        }),
        waitFor("other", say({ en: "Buys the other too?", "zh-CN": "也买了另一品类？" }), "order_paid", "P30D", {
          field: "event.items.category",
          is: "contains",
          value: b,
        }),
        coupon("gift", offers.bundle),
        couponSms("sms", {
          en: "{{ member.name }}, something to go with what you bought:",
          "zh-CN": "{{ member.name }}，为您选好了搭配，组合更优惠：",
        }),
        waitFor("after", say({ en: "Buys it now?", "zh-CN": "领券后购买？" }), "order_paid", "P14D", {
          field: "event.items.category",
          is: "contains",
          value: b,
        }),
        goal("both"),
      ],
      wires: [
        "bought.next → other",
        "other.happened → both",
        "other.timeout → gift",
        "gift.granted → sms",
        "sms.next → after",
        "after.happened → both",
      ],
      settings: { reentry: { is: "every", days: 90 } },
    });
  },
};
