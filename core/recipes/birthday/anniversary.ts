import { coupon, draw, mail, onDate } from "../drawing";
import { percentOff } from "../offers";
import type { Recipe } from "../recipe";

/** Each year on the day of joining, from the first anniversary on. */
export const anniversary: Recipe<"thanks"> = {
  name: { en: "Membership anniversary", "zh-CN": "入会周年礼" },
  about: {
    en: "Every year on the day they joined: 15% off and 100 points, by email.",
    "zh-CN": "每年入会纪念日送 85 折券和 100 积分，邮件致谢。",
  },
  purpose: "birthday",
  packs: ["retail", "restaurants", "education"],
  offers: {
    thanks: percentOff(
      { en: "Anniversary: 15% off", "zh-CN": "周年礼：85折券" },
      { percent: 15, cap: 10_000, days: 30 },
    ),
  },
  document: (offers, say) =>
    draw({
      name: say(anniversary.name),
      nodes: [
        // The day of joining itself is no anniversary.
        onDate("day", "member.joined_at", { when: { field: "member.joined_at", is: "not_within_days", value: 300 } }),
        coupon("gift", offers.thanks, { points: 100, reason: say({ en: "anniversary", "zh-CN": "入会周年" }) }),
        mail("email", {
          subject: { en: "Another year together, {{ member.name }}", "zh-CN": "{{ member.name }}，感谢又一年的相伴" },
          preheader: { en: "15% off and 100 points", "zh-CN": "85折券和100积分已到账" },
          heading: { en: "Thank you, {{ member.name }}", "zh-CN": "{{ member.name }}，谢谢您" },
          text: {
            en: "Today is the day you joined us. 100 points are on your account, and this is for your next visit:",
            "zh-CN": "今天是您的入会纪念日。100积分已到账，另有一份心意送给您的下一次光临：",
          },
        }),
      ],
      wires: ["day.next → gift", "gift.granted → email"],
      settings: { reentry: { is: "every", days: 300 } },
    }),
};
