import { draw, goal, onEvent, sms, waitFor } from "../drawing";
import type { Recipe } from "../recipe";

/** Three days before an unused coupon ends → an SMS; using it is the goal. */
export const couponExpiring: Recipe = {
  name: { en: "Coupon about to expire", "zh-CN": "优惠券到期提醒" },
  about: {
    en: "Three days before a coupon that was not used ends, an SMS with its code; using it in time is the goal.",
    "zh-CN": "未使用的优惠券到期前 3 天短信提醒券码，及时核销计为目标达成。",
  },
  purpose: "reward",
  packs: ["retail", "restaurants", "education"],
  offers: {},
  document: (_, say) =>
    draw({
      name: say(couponExpiring.name),
      nodes: [
        onEvent("ending", "coupon_expiring", { field: "event.days_left", is: "eq", value: 3 }),
        sms("sms", {
          en: "{{ member.name }}, your coupon {{ event.offer }}, code {{ event.code }}, is valid until {{ event.expires_at | date }}.",
          "zh-CN":
            "{{ member.name }}，您的{{ event.offer }}（券码{{ event.code }}）{{ event.expires_at | date }}前有效，欢迎使用。",
        }),
        waitFor("used", say({ en: "Used in time?", "zh-CN": "及时使用？" }), "coupon_redeemed", "P3D", {
          field: "event.coupon_id",
          is: "eq",
          value: { field: "entry.coupon_id" },
        }),
        goal("redeemed"),
      ],
      wires: ["ending.next → sms", "sms.next → used", "used.happened → redeemed"],
      settings: { reentry: { is: "per_key", key: "coupon_id" } },
    }),
};
