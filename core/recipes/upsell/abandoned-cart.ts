import { ANY } from "../../rules/rule";
import { coupon, couponSms, delay, draw, onEvent, push } from "../drawing";
import { percentOff } from "../offers";
import type { Recipe } from "../recipe";

/** Something put into the cart → an hour later a push, a day later 5 % off; the order ends it wherever it is, as the goal. */
export const abandonedCart: Recipe<"cart"> = {
  name: { en: "Abandoned cart", "zh-CN": "购物车召回" },
  about: {
    en: "An hour after the cart a push, a day later 5% off by SMS; an order ends it and counts as the goal.",
    "zh-CN": "加购 1 小时未下单推送提醒，再过一天短信送 95 折券；一旦下单立即停止，并计为目标。",
  },
  purpose: "upsell",
  packs: ["retail"],
  offers: {
    cart: percentOff({ en: "Your cart: 5% off", "zh-CN": "购物车专享：95折券" }, { percent: 5, cap: 3_000, days: 2 }),
  },
  document: (offers, say) =>
    draw({
      name: say(abandonedCart.name),
      nodes: [
        onEvent("cart", "cart_updated", { field: "event.action", is: "ne", value: "removed" }),
        delay("hour", "PT1H"),
        push(
          "nudge",
          { en: "Forgot something?", "zh-CN": "购物车里还有宝贝" },
          {
            en: "{{ member.name }}, your cart is as you left it.",
            "zh-CN": "{{ member.name }}，您挑选的商品还在购物车里，记得下单哦。",
          },
        ),
        delay("day", "P1D"),
        coupon("gift", offers.cart),
        couponSms("sms", {
          en: "{{ member.name }}, for what is in your cart:",
          "zh-CN": "{{ member.name }}，购物车里的商品现在下单更划算：",
        }),
        delay("last", "P2D"),
      ],
      wires: [
        "cart.next → hour",
        "hour.next → nudge",
        "nudge.next → day",
        "day.next → gift",
        "gift.granted → sms",
        "sms.next → last",
      ],
      goal: { on: "order_paid", when: ANY },
      settings: { reentry: { is: "every", days: 7 } },
    }),
};
