import { addTag, draw, mail, onSchedule, waitFor } from "../drawing";
import type { Recipe } from "../recipe";

/** Twice a year: is this still you? Whoever confirms or changes their details is done, the others carry a tag. */
export const contactCheck: Recipe = {
  name: { en: "Is this still you?", "zh-CN": "联系方式确认" },
  about: {
    en: "In January and July asks whether phone and email are still right; a tag for those who do not answer in 30 days.",
    "zh-CN": "每年 1 月和 7 月请会员确认手机与邮箱；30 天未确认则打标签，便于到店核对。",
  },
  purpose: "service",
  packs: ["retail", "restaurants", "education"],
  offers: {},
  document: (_, say) =>
    draw({
      name: say(contactCheck.name),
      nodes: [
        onSchedule("half", "0 10 5 1,7 *", { field: "member.email", is: "exists" }),
        mail(
          "ask",
          {
            subject: { en: "Is this still you, {{ member.name }}?", "zh-CN": "{{ member.name }}，请确认您的联系方式" },
            preheader: { en: "Two minutes, twice a year", "zh-CN": "每年两次，只需两分钟" },
            heading: { en: "Are we still right?", "zh-CN": "信息还准确吗？" },
            text: {
              en: "We have {{ member.email }}{% if member.phone %} and {{ member.phone }}{% endif %}. If something has changed, tell us in our app or in any store; if not, confirm it there.",
              "zh-CN":
                "我们登记的是{{ member.email }}{% if member.phone %}和{{ member.phone }}{% endif %}。如有变动，请在小程序或任意门店更新；如无变动，也请确认一下。",
            },
          },
          { purpose: "service", hasCoupon: false },
        ),
        waitFor("told", say({ en: "Confirms within 30 days?", "zh-CN": "30 天内确认？" }), "identified", "P30D"),
        {
          id: "confirmed",
          kind: "set-attribute",
          config: { attribute: "contact_confirmed", change: { is: "value", value: true } },
        },
        addTag("unconfirmed", say({ en: "contact unconfirmed", "zh-CN": "联系方式待核实" })),
      ],
      wires: ["half.next → ask", "ask.next → told", "told.happened → confirmed", "told.timeout → unconfirmed"],
    }),
};
