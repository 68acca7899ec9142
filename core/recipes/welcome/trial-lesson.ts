import { coupon, couponSms, draw, goal, onEvent, sms, waitFor } from "../drawing";
import { amountOff } from "../offers";
import type { Recipe } from "../recipe";

/** A trial lesson → thanks → enrolled in three days, or a coupon to make up one's mind. */
export const trialLesson: Recipe<"enrol"> = {
  name: { en: "After the trial lesson", "zh-CN": "试听课跟进" },
  about: {
    en: "Thanks after a trial lesson; who has not enrolled in three days gets 200 off 2000 for a week.",
    "zh-CN": "试听后致谢；三天内未报名则送满 2000 减 200 券，一周内有效。",
  },
  purpose: "welcome",
  packs: ["education"],
  offers: {
    enrol: amountOff(
      { en: "Enrol this week: 200 off 2000", "zh-CN": "本周报名：满2000减200" },
      { threshold: 200_000, amount: 20_000, days: 7, perMember: 1 },
    ),
  },
  document: (offers, say) =>
    draw({
      name: say(trialLesson.name),
      nodes: [
        onEvent("lesson", "trial_lesson_attended"),
        sms(
          "thanks",
          {
            en: "{{ member.name }}, thank you for coming to the trial lesson. If you have a question, just reply.",
            "zh-CN": "{{ member.name }}，感谢您参加试听课。课程安排如有疑问，直接回复本短信即可。",
          },
          { purpose: "service" },
        ),
        waitFor("soon", say({ en: "Enrols within 3 days?", "zh-CN": "3 天内报名？" }), "order_paid", "P3D"),
        coupon("gift", offers.enrol),
        couponSms("sms", {
          en: "{{ member.name }}, did you like the lesson? To begin this week:",
          "zh-CN": "{{ member.name }}，试听课还满意吗？本周报名立享",
        }),
        waitFor("later", say({ en: "Enrols with it?", "zh-CN": "领券后报名？" }), "order_paid", "P7D"),
        goal("enrolled"),
      ],
      wires: [
        "lesson.next → thanks",
        "thanks.next → soon",
        "soon.happened → enrolled",
        "soon.timeout → gift",
        "gift.granted → sms",
        "sms.next → later",
        "later.happened → enrolled",
      ],
      settings: { reentry: { is: "every", days: 90 } },
    }),
};
