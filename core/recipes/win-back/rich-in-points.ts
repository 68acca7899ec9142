import { coupon, draw, goal, mail, onSchedule, waitForRedemption } from "../drawing";
import { voucher } from "../offers";
import type { Recipe } from "../recipe";

/** On the first of each month: many points and long not seen → a voucher only they get. At most once in 90 days. */
export const richInPoints: Recipe<"exclusive"> = {
  name: { en: "Many points, long not seen", "zh-CN": "高积分低活跃专享" },
  about: {
    en: "Each month: who has 2000 points and was not seen for 60 days gets a voucher of 20 that only they get.",
    "zh-CN": "每月 1 日：积分满 2000 且 60 天未活跃的会员，收到专享 20 元券，提醒积分别闲置。",
  },
  purpose: "win-back",
  packs: ["retail", "restaurants"],
  offers: {
    exclusive: voucher({ en: "For point collectors: 20", "zh-CN": "高积分专享：20元券" }, { amount: 2_000, days: 30 }),
  },
  document: (offers, say) =>
    draw({
      name: say(richInPoints.name),
      nodes: [
        onSchedule("monthly", "0 10 1 * *", {
          all: [
            { field: "member.points", is: "gte", value: 2_000 },
            { field: "member.last_seen_at", is: "not_within_days", value: 60 },
          ],
        }),
        coupon("gift", offers.exclusive),
        mail("email", {
          subject: {
            en: "{{ member.points }} points wait for you",
            "zh-CN": "{{ member.name }}，您有{{ member.points }}积分待使用",
          },
          preheader: { en: "And a voucher that only few get", "zh-CN": "另有专享20元券" },
          heading: { en: "Your points are worth something", "zh-CN": "别让积分闲置" },
          text: {
            en: "You have {{ member.points }} points. Use them on your next visit, together with this:",
            "zh-CN": "您的账户有{{ member.points }}积分，下次光临即可使用。另送您一份专享好礼：",
          },
        }),
        waitForRedemption("used", "P30D"),
        goal("back"),
      ],
      wires: ["monthly.next → gift", "gift.granted → email", "email.next → used", "used.happened → back"],
      settings: { reentry: { is: "every", days: 90 } },
    }),
};
