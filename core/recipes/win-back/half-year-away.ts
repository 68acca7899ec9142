import { choose, coupon, couponSms, delay, draw, onInactivity, sms } from "../drawing";
import { voucher } from "../offers";
import type { Recipe } from "../recipe";

/** Half a year without a purchase → 30 yuan for a week → whoever held a tier and let it pass has the basic one again. An order ends it. */
export const halfYearAway: Recipe<"back"> = {
  name: { en: "Half a year without a purchase", "zh-CN": "半年未消费挽回" },
  about: {
    en: "30 for a week; whoever lets it pass goes back to the basic tier. An order ends it at once.",
    "zh-CN": "送 30 元券，7 天有效；逾期未用则恢复为普通会员。一旦消费立即停止。",
  },
  purpose: "win-back",
  packs: ["retail", "restaurants"],
  offers: {
    back: voucher({ en: "This week only: 30", "zh-CN": "限时7天：30元券" }, { amount: 3_000, days: 7 }),
  },
  document: (offers, say) =>
    draw({
      name: say(halfYearAway.name),
      nodes: [
        onInactivity("away", "purchase", 182),
        coupon("gift", offers.back),
        couponSms("sms", {
          en: "{{ member.name }}, it has been half a year. Come back this week:",
          "zh-CN": "{{ member.name }}，半年没见，甚是想念！送您",
        }),
        delay("week", "P7D"),
        choose("tier", say({ en: "Holds a tier?", "zh-CN": "有等级？" }), {
          field: "member.tier",
          is: "in",
          value: ["silver", "gold", "platinum"],
        }),
        {
          id: "basic",
          kind: "change-tier",
          config: {
            tier: "basic",
            reason: say({ en: "half a year without a purchase", "zh-CN": "半年未消费" }),
            end: { is: "open" },
          },
        },
        sms(
          "told",
          {
            en: "{{ member.name }}, your membership is now at the basic tier. Your points stay as they are.",
            "zh-CN": "{{ member.name }}，您的会员等级已调整为普通会员，积分不受影响。",
          },
          { purpose: "service" },
        ),
      ],
      wires: [
        "away.next → gift",
        "gift.granted → sms",
        "sms.next → week",
        "week.next → tier",
        "tier.yes → basic",
        "basic.next → told",
      ],
    }),
};
