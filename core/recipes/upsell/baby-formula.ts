import type { Rule } from "../../rules/rule";
import { choose, coupon, delay, draw, mail, onEvent } from "../drawing";
import { amountOff } from "../offers";
import type { Recipe, Say } from "../recipe";

/**
 * Baby goods bought → three weeks later, when they run low, an offer for formula. Whoever wants no such offers carries a tag; it is asked
 * when they enter and again before the offer, and the words never say what we think of the family.
 */
export const babyFormula: Recipe<"formula"> = {
  name: { en: "Baby goods run low", "zh-CN": "母婴复购提醒" },
  about: {
    en: "Three weeks after baby goods 30 off 300 for formula, by email; never to those tagged “no baby offers”.",
    "zh-CN": "购买母婴用品三周后，邮件送奶粉满 300 减 30 券；带“不推母婴”标签的会员绝不打扰。",
  },
  purpose: "upsell",
  packs: ["retail"],
  offers: {
    formula: amountOff(
      { en: "Formula: 30 off 300", "zh-CN": "奶粉专享：满300减30" },
      { threshold: 30_000, amount: 3_000, days: 14 },
    ),
  },
  document: (offers, say) =>
    draw({
      name: say(babyFormula.name),
      nodes: [
        onEvent("bought", "order_paid", {
          all: [
            { field: "event.items.category", is: "contains", value: say({ en: "baby", "zh-CN": "母婴" }) },
            isWelcome(say),
          ],
        }),
        delay("low", "P21D"),
        choose("still", say({ en: "Still wants such offers?", "zh-CN": "仍愿意接收？" }), isWelcome(say)),
        coupon("gift", offers.formula),
        mail("email", {
          subject: { en: "For your next shop, {{ member.name }}", "zh-CN": "{{ member.name }}，常购好物有优惠" },
          preheader: { en: "{{ coupon.name }}", "zh-CN": "{{ coupon.name }}" },
          heading: { en: "Time to stock up?", "zh-CN": "该补货了吗？" },
          text: {
            en: "A little less to pay for what you buy often:",
            "zh-CN": "您常购的商品，现在更优惠：",
          },
        }),
      ],
      wires: ["bought.next → low", "low.next → still", "still.yes → gift", "gift.granted → email"],
      settings: { reentry: { is: "every", days: 21 } },
    }),
};

const isWelcome = (say: Say): Rule => ({
  field: "member.tags",
  is: "not_contains",
  value: say({ en: "no baby offers", "zh-CN": "不推母婴" }),
});
