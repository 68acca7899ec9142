import { coupons, draw, onDate, sms } from "../drawing";
import { amountOff, voucher } from "../offers";
import type { Recipe } from "../recipe";
import { BIRTHDAYS } from "./birthdays";

/** On the morning of the birthday two coupons at once, both or none, told in one SMS. */
export const birthdayGift: Recipe<"gift" | "party"> = {
  name: { en: "Birthday: a gift and 30 off 100", "zh-CN": "生日双重礼" },
  about: {
    en: "On the birthday a voucher of 20 as a gift and 30 off 100 for a meal or a shop together, in one SMS.",
    "zh-CN": "生日当天送 20 元礼金券和满 100 减 30 券，一条短信告知。",
  },
  purpose: "birthday",
  packs: ["retail", "restaurants"],
  offers: {
    gift: voucher({ en: "Birthday gift: 20", "zh-CN": "生日礼金：20元" }, { amount: 2_000, days: 15 }),
    party: amountOff(
      { en: "Birthday: 30 off 100", "zh-CN": "生日专享：满100减30" },
      { threshold: 10_000, amount: 3_000, days: 15 },
    ),
  },
  document: (offers, say) =>
    draw({
      name: say(birthdayGift.name),
      nodes: [
        onDate("birthday", "member.birthday", { time: "09:00" }),
        coupons("gift", [offers.gift, offers.party]),
        sms("sms", {
          en: "Happy birthday, {{ member.name }}! {{ coupons[0].name }}: {{ coupons[0].code }}. {{ coupon.name }}: {{ coupon.code }}. Valid until {{ coupon.expires_at | date }}.",
          "zh-CN":
            "{{ member.name }}，生日快乐！送您{{ coupons[0].name }}（券码{{ coupons[0].code }}）和{{ coupon.name }}（券码{{ coupon.code }}），有效期至{{ coupon.expires_at | date }}。",
        }),
      ],
      wires: ["birthday.next → gift", "gift.granted → sms"],
      settings: { reentry: { is: "every", days: 300 }, group: { name: say(BIRTHDAYS), days: 300 } },
    }),
};
