import { addTag, coupon, couponSms, draw, goal, mail, onEvent, push, waitForRedemption } from "../drawing";
import { amountOff } from "../offers";
import type { Recipe } from "../recipe";

/** Sign-up → coupon, SMS and mail at once → a reminder when it is not used in a week. */
export const welcome: Recipe<"welcome"> = {
  name: { en: "Welcome and first order", "zh-CN": "新会员欢迎礼" },
  about: {
    en: "A coupon the moment somebody joins, by SMS and email; a reminder after a week if it is unused.",
    "zh-CN": "入会即发欢迎券，短信与邮件同时送达；一周未使用则推送提醒。",
  },
  purpose: "welcome",
  packs: ["retail", "restaurants", "education"],
  offers: {
    welcome: amountOff(
      { en: "Welcome: 10 off 30", "zh-CN": "欢迎礼：满30减10" },
      { threshold: 3_000, amount: 1_000, days: 14, perMember: 1 },
    ),
  },
  document: (offers, say) =>
    draw({
      name: say(welcome.name),
      nodes: [
        onEvent("joined", "signed_up"),
        coupon("gift", offers.welcome),
        couponSms("sms", {
          en: "Welcome, {{ member.name }}! Your gift:",
          "zh-CN": "{{ member.name }}，欢迎加入！送您",
        }),
        mail("email", {
          subject: {
            en: "Welcome, {{ member.name }}: your first coupon",
            "zh-CN": "{{ member.name }}，欢迎加入，首单礼券已到账",
          },
          preheader: {
            en: "Show the code at the till of any of our stores",
            "zh-CN": "到任意门店收银台出示券码即可使用",
          },
          heading: { en: "Nice to have you, {{ member.name }}", "zh-CN": "{{ member.name }}，很高兴认识您" },
          text: {
            en: "Here is something for your first visit. Show the code at the till of any of our stores.",
            "zh-CN": "这是送给您首次光临的礼物，到任意门店收银台出示券码即可使用。",
          },
          more: { en: "See you soon.", "zh-CN": "期待与您见面。" },
        }),
        waitForRedemption("used", "P7D"),
        addTag("first", say({ en: "first coupon used", "zh-CN": "已用首张券" })),
        goal("came"),
        push(
          "reminder",
          { en: "Your welcome coupon waits", "zh-CN": "您的欢迎券还在等您" },
          {
            en: "{{ coupon.name }}: until {{ coupon.expires_at | date }}",
            "zh-CN": "{{ coupon.name }}，{{ coupon.expires_at | date }}前有效",
          },
        ),
      ],
      wires: [
        "joined.next → gift",
        "gift.granted → sms",
        "sms.next → email",
        "email.next → used",
        "used.happened → first",
        "first.next → came",
        "used.timeout → reminder",
      ],
      settings: { reentry: { is: "once" } },
    }),
};
