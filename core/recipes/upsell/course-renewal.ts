import { coupon, couponSms, draw, goal, onDate, push, waitFor } from "../drawing";
import { amountOff } from "../offers";
import type { Recipe } from "../recipe";

/** Two weeks before a course ends (the member's attribute `course_ends`) → a coupon for the next one, a reminder in between. */
export const courseRenewal: Recipe<"next"> = {
  name: { en: "Course renewal", "zh-CN": "课程续费提醒" },
  about: {
    en: "Two weeks before a course ends 100 off 1000 for the next one, a reminder a week later; enrolling is the goal.",
    "zh-CN": "课程结束前两周送满 1000 减 100 续费券，一周后再提醒；续费即达成目标。",
  },
  purpose: "upsell",
  packs: ["education"],
  offers: {
    next: amountOff(
      { en: "Next course: 100 off 1000", "zh-CN": "续费专享：满1000减100" },
      { threshold: 100_000, amount: 10_000, days: 21 },
    ),
  },
  document: (offers, say) =>
    draw({
      name: say(courseRenewal.name),
      nodes: [
        onDate("ends", "member.attributes.course_ends", { days: -14, returns: "once" }),
        coupon("gift", offers.next),
        couponSms("sms", {
          en: "{{ member.name }}, your course ends in two weeks. For the next one:",
          "zh-CN": "{{ member.name }}，您的课程还有两周结束。续报立享",
        }),
        waitFor("soon", say({ en: "Enrols within a week?", "zh-CN": "一周内续费？" }), "order_paid", "P7D"),
        push(
          "reminder",
          { en: "One week left", "zh-CN": "课程还剩一周" },
          {
            en: "{{ coupon.name }}: until {{ coupon.expires_at | date }}",
            "zh-CN": "{{ coupon.name }}，{{ coupon.expires_at | date }}前有效",
          },
        ),
        waitFor("later", say({ en: "Enrols after all?", "zh-CN": "提醒后续费？" }), "order_paid", "P14D"),
        goal("enrolled"),
      ],
      wires: [
        "ends.next → gift",
        "gift.granted → sms",
        "sms.next → soon",
        "soon.happened → enrolled",
        "soon.timeout → reminder",
        "reminder.next → later",
        "later.happened → enrolled",
      ],
    }),
};
