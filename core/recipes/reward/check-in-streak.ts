import { coupon, draw, onEvent, points, push } from "../drawing";
import { voucher } from "../offers";
import type { Recipe } from "../recipe";

/** The seventh check-in in a row → points, the thirtieth → a voucher. */
export const checkInStreak: Recipe<"month"> = {
  name: { en: "Check-in streak", "zh-CN": "连续签到奖励" },
  about: {
    en: "Seven days in a row earn 50 points, thirty a voucher of 10; told by push at once.",
    "zh-CN": "连续签到 7 天送 50 积分，30 天送 10 元券，即时推送告知。",
  },
  purpose: "reward",
  packs: ["retail", "restaurants", "education"],
  offers: {
    month: voucher({ en: "Thirty days in a row: 10", "zh-CN": "连签30天：10元券" }, { amount: 1_000, days: 30 }),
  },
  document: (offers, say) =>
    draw({
      name: say(checkInStreak.name),
      nodes: [
        onEvent("checked", "check_in", {
          any: [7, 30].map((streak) => ({ field: "event.streak", is: "eq" as const, value: streak })),
        }),
        {
          id: "days",
          kind: "switch",
          title: say({ en: "How many days?", "zh-CN": "连续多少天？" }),
          config: {
            cases: [
              {
                id: "week",
                name: say({ en: "7 days", "zh-CN": "7 天" }),
                when: { field: "entry.streak", is: "eq", value: 7 },
              },
            ],
          },
        },
        points("fifty", 50, say({ en: "7 days in a row", "zh-CN": "连续签到 7 天" })),
        push(
          "week",
          { en: "7 days in a row!", "zh-CN": "连续签到7天！" },
          { en: "50 points are yours. Keep going to 30.", "zh-CN": "50积分已到账，坚持到30天还有券。" },
        ),
        coupon("voucher", offers.month),
        push(
          "month",
          { en: "30 days in a row!", "zh-CN": "连续签到30天！" },
          {
            en: "{{ coupon.name }} is yours, until {{ coupon.expires_at | date }}.",
            "zh-CN": "{{ coupon.name }}已到账，{{ coupon.expires_at | date }}前有效。",
          },
        ),
      ],
      wires: [
        "checked.next → days",
        "days.week → fifty",
        "fifty.granted → week",
        "days.otherwise → voucher",
        "voucher.granted → month",
      ],
      settings: { reentry: { is: "always" } },
    }),
};
