import { choose, coupon, couponSms, draw, onSchedule } from "../drawing";
import { percentOff } from "../offers";
import type { Recipe } from "../recipe";

/** The morning of 14 February, by tier. */
export const valentine: Recipe<"two" | "others"> = {
  name: { en: "Valentine's day by tier", "zh-CN": "情人节分级礼" },
  about: {
    en: "On 14 February gold and platinum members come as two for the price of one, others get 20% off; for three days.",
    "zh-CN": "2月14日：金卡、白金卡双人同享半价，其他会员 8 折，三天有效。",
  },
  purpose: "news",
  packs: ["retail", "restaurants"],
  offers: {
    two: percentOff(
      { en: "Valentine: two for one", "zh-CN": "情人节：双人半价" },
      { percent: 50, cap: 20_000, days: 3, note: { en: "For an order of two", "zh-CN": "两件或双人套餐" } },
    ),
    others: percentOff({ en: "Valentine: 20% off", "zh-CN": "情人节：8折券" }, { percent: 20, cap: 10_000, days: 3 }),
  },
  document: (offers, say) =>
    draw({
      name: say(valentine.name),
      nodes: [
        onSchedule("morning", "0 10 14 2 *"),
        choose("tier", say({ en: "Gold or platinum?", "zh-CN": "金卡或白金卡？" }), {
          field: "member.tier",
          is: "in",
          value: ["gold", "platinum"],
        }),
        coupon("both", offers.two),
        coupon("twenty", offers.others),
        couponSms("sms", {
          en: "Happy Valentine's day, {{ member.name }}!",
          "zh-CN": "{{ member.name }}，情人节快乐！送您",
        }),
      ],
      wires: [
        "morning.next → tier",
        "tier.yes → both",
        "tier.no → twenty",
        "both.granted → sms",
        "twenty.granted → sms",
      ],
    }),
};
