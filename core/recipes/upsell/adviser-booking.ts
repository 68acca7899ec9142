import { addTag, draw, mail, onEvent, sms, waitFor } from "../drawing";
import type { Recipe } from "../recipe";

/** Spent 10 000 in all → an invitation to an adviser, one reminder; `appointment_booked` comes from the shop's calendar. */
export const adviserBooking: Recipe = {
  name: { en: "An adviser for the best customers", "zh-CN": "高价值会员顾问预约" },
  about: {
    en: "Who has spent 10,000 is invited to book an adviser of their own; a reminder after a week, a tag for those who book.",
    "zh-CN": "累计消费满 1 万元的会员受邀预约专属顾问；一周未预约则提醒，预约后打标签。",
  },
  purpose: "upsell",
  packs: ["retail", "education"],
  offers: {},
  document: (_, say) =>
    draw({
      name: say(adviserBooking.name),
      nodes: [
        onEvent("paid", "order_paid", { field: "member.spent", is: "gte", value: 1_000_000 }),
        mail(
          "invitation",
          {
            subject: {
              en: "An adviser of your own, {{ member.name }}",
              "zh-CN": "{{ member.name }}，您的专属顾问已就位",
            },
            preheader: { en: "An hour, just for you", "zh-CN": "一对一服务，诚邀预约" },
            heading: { en: "An hour, just for you", "zh-CN": "一对一专属服务" },
            text: {
              en: "Tell us when it suits you, and somebody who knows our whole range is there for you. Book in any store or by reply.",
              "zh-CN": "告诉我们您方便的时间，资深顾问将为您一对一服务。到店或直接回复即可预约。",
            },
          },
          { hasCoupon: false },
        ),
        waitFor("soon", say({ en: "Books within a week?", "zh-CN": "一周内预约？" }), "appointment_booked", "P7D"),
        sms("reminder", {
          en: "{{ member.name }}, your adviser is still there for you. Reply to book an hour.",
          "zh-CN": "{{ member.name }}，专属顾问仍在恭候，直接回复即可预约。",
        }),
        waitFor("later", say({ en: "Books after all?", "zh-CN": "提醒后预约？" }), "appointment_booked", "P14D"),
        addTag("advised", say({ en: "has an adviser", "zh-CN": "已约顾问" })),
      ],
      wires: [
        "paid.next → invitation",
        "invitation.next → soon",
        "soon.happened → advised",
        "soon.timeout → reminder",
        "reminder.next → later",
        "later.happened → advised",
      ],
      settings: { reentry: { is: "every", days: 180 } },
    }),
};
