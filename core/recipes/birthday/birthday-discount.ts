import { coupon, couponSms, draw, mail, onDate, points, waitFor } from "../drawing";
import { percentOff } from "../offers";
import type { Recipe } from "../recipe";
import { BIRTHDAYS } from "./birthdays";

/** Three days before the birthday 20 % off → an order within ten days earns 100 points more. */
export const birthdayDiscount: Recipe<"birthday"> = {
  name: { en: "Birthday: 20% off and bonus points", "zh-CN": "生日八折，消费再送积分" },
  about: {
    en: "20% off three days before the birthday, for ten days; the first order in that time earns 100 points more.",
    "zh-CN": "生日前 3 天送 8 折券，十天内有效；期间首笔消费额外送 100 积分。",
  },
  purpose: "birthday",
  packs: ["retail", "restaurants"],
  offers: {
    birthday: percentOff({ en: "Birthday: 20% off", "zh-CN": "生日礼：8折券" }, { percent: 20, cap: 10_000, days: 10 }),
  },
  document: (offers, say) =>
    draw({
      name: say(birthdayDiscount.name),
      nodes: [
        onDate("birthday", "member.birthday", { days: -3 }),
        coupon("gift", offers.birthday),
        couponSms("sms", {
          en: "Happy birthday soon, {{ member.name }}! Our gift:",
          "zh-CN": "{{ member.name }}，您的生日就要到了！提前送上生日礼：",
        }),
        mail("email", {
          subject: { en: "A gift for your birthday, {{ member.name }}", "zh-CN": "{{ member.name }}，您的生日礼到了" },
          preheader: {
            en: "20% off, and 100 points with your order",
            "zh-CN": "全场8折，消费再送100积分",
          },
          heading: { en: "Happy birthday, {{ member.name }}", "zh-CN": "{{ member.name }}，生日快乐" },
          text: {
            en: "Celebrate with us: 20% off, and 100 points more with your first order by then.",
            "zh-CN": "与我们一起庆祝：生日专享8折，有效期内首笔消费再送100积分。",
          },
        }),
        waitFor("order", say({ en: "Celebrates with us?", "zh-CN": "生日期间消费？" }), "order_paid", "P10D"),
        points("bonus", 100, say({ en: "birthday", "zh-CN": "生日加赠" })),
      ],
      wires: [
        "birthday.next → gift",
        "gift.granted → sms",
        "sms.next → email",
        "email.next → order",
        "order.happened → bonus",
      ],
      settings: { reentry: { is: "every", days: 300 }, group: { name: say(BIRTHDAYS), days: 300 } },
    }),
};
