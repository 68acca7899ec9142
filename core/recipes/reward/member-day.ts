import { coupon, draw, pushElseSms } from "../drawing";
import { percentOff } from "../offers";
import type { Recipe } from "../recipe";

/** The 15th of each month: 15 % off for that day alone. */
export const memberDay: Recipe<"day"> = {
  name: { en: "Member day on the 15th", "zh-CN": "每月 15 日会员日" },
  about: {
    en: "On the morning of the 15th 15% off for that day, by push, by SMS to those whom it does not reach.",
    "zh-CN": "每月 15 日早晨送当日 85 折券，优先推送，未达则补发短信。",
  },
  purpose: "reward",
  packs: ["retail", "restaurants"],
  offers: {
    day: percentOff({ en: "Member day: 15% off", "zh-CN": "会员日：85折券" }, { percent: 15, cap: 10_000, days: 1 }),
  },
  document: (offers, say) =>
    draw({
      name: say(memberDay.name),
      nodes: [
        {
          id: "fifteenth",
          kind: "on-member-day",
          config: { day: 15, time: "09:00", when: { all: [] } },
        },
        coupon("gift", offers.day),
        pushElseSms("tell", {
          title: { en: "Member day: 15% off", "zh-CN": "会员日：今日85折" },
          body: { en: "Only today. Code {{ coupon.code }}.", "zh-CN": "仅限今天，券码{{ coupon.code }}。" },
          sms: {
            en: "Member day, {{ member.name }}! Only today: {{ coupon.name }}, code {{ coupon.code }}.",
            "zh-CN": "{{ member.name }}，会员日到啦！仅限今天：{{ coupon.name }}，券码{{ coupon.code }}。",
          },
        }),
      ],
      wires: ["fifteenth.next → gift", "gift.granted → tell"],
    }),
};
