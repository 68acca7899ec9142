import { coupon, couponSms, draw, onBroadcast, push, sms, waitFor } from "../drawing";
import { voucher } from "../offers";
import type { Recipe } from "../recipe";

/** An invitation to the better tiers → sign-up (`tasting_signed_up`, from the shop's form) → the ticket; one reminder to the others. */
export const tasting: Recipe<"ticket"> = {
  name: { en: "Tasting of a new product", "zh-CN": "新品品鉴邀请" },
  about: {
    en: "Silver members and above are invited; who signs up gets a ticket worth 30 by SMS, the others one reminder.",
    "zh-CN": "邀请银卡及以上会员；报名即得 30 元品鉴券，未报名者提醒一次。",
  },
  purpose: "news",
  packs: ["retail", "restaurants"],
  offers: {
    ticket: voucher({ en: "Tasting ticket: 30", "zh-CN": "品鉴券：30元" }, { amount: 3_000, days: 14, perMember: 1 }),
  },
  document: (offers, say) =>
    draw({
      name: say(tasting.name),
      nodes: [
        onBroadcast("invited", { field: "member.tier", is: "in", value: ["silver", "gold", "platinum"] }),
        sms("invitation", {
          en: "{{ member.name }}, be the first to try what is new. Sign up in our app or in any store.",
          "zh-CN": "{{ member.name }}，新品抢先品鉴，名额有限！打开小程序或到店报名。",
        }),
        waitFor("soon", say({ en: "Signs up in 3 days?", "zh-CN": "3 天内报名？" }), "tasting_signed_up", "P3D"),
        push(
          "reminder",
          { en: "Still a place for you", "zh-CN": "品鉴名额为您保留" },
          { en: "Try what is new before all others.", "zh-CN": "新品抢先尝，现在报名还来得及。" },
        ),
        waitFor("later", say({ en: "Signs up after all?", "zh-CN": "提醒后报名？" }), "tasting_signed_up", "P4D"),
        coupon("ticket", offers.ticket),
        couponSms("confirmed", {
          en: "See you at the tasting, {{ member.name }}. Your ticket:",
          "zh-CN": "{{ member.name }}，报名成功！您的入场礼：",
        }),
      ],
      wires: [
        "invited.next → invitation",
        "invitation.next → soon",
        "soon.happened → ticket",
        "soon.timeout → reminder",
        "reminder.next → later",
        "later.happened → ticket",
        "ticket.granted → confirmed",
      ],
    }),
};
