import { draw, goal, mail, onEvent, push, waitFor } from "../drawing";
import type { Recipe } from "../recipe";

/** A month before points end → a mail; none spent until a week before → a reminder. Spending some is the goal. */
export const pointsExpiring: Recipe = {
  name: { en: "Points about to expire", "zh-CN": "积分到期提醒" },
  about: {
    en: "Thirty days before points end a mail says how many and until when; a push a week before, if none were spent.",
    "zh-CN": "积分到期前 30 天邮件告知数量与到期日；到期前一周仍未使用则推送提醒。",
  },
  purpose: "reward",
  packs: ["retail", "restaurants"],
  offers: {},
  document: (_, say) =>
    draw({
      name: say(pointsExpiring.name),
      nodes: [
        onEvent("ending", "points_expiring", { field: "event.days_left", is: "eq", value: 30 }),
        mail(
          "email",
          {
            subject: {
              en: "{{ event.points }} points are yours until {{ event.last_day | date }}",
              "zh-CN": "您有{{ event.points }}积分将于{{ event.last_day | date }}到期",
            },
            preheader: { en: "Use them on your next visit", "zh-CN": "下次光临即可使用" },
            heading: { en: "{{ member.name }}, your points wait", "zh-CN": "{{ member.name }}，积分别浪费" },
            text: {
              en: "Of your {{ event.balance }} points {{ event.points }} end on {{ event.last_day | date }}. Use them on your next visit.",
              "zh-CN":
                "您的{{ event.balance }}积分中，有{{ event.points }}积分将于{{ event.last_day | date }}到期，下次光临即可使用。",
            },
          },
          { purpose: "service", hasCoupon: false },
        ),
        waitFor("spent", say({ en: "Spends some in time?", "zh-CN": "及时使用？" }), "points_spent", "P23D"),
        goal("used"),
        push(
          "push",
          { en: "{{ event.points }} points end in a week", "zh-CN": "{{ event.points }}积分还有一周到期" },
          {
            en: "They are yours until {{ event.last_day | date }}.",
            "zh-CN": "{{ event.last_day | date }}前使用有效。",
          },
        ),
      ],
      wires: ["ending.next → email", "email.next → spent", "spent.happened → used", "spent.timeout → push"],
      settings: { reentry: { is: "per_key", key: "last_day" } },
    }),
};
