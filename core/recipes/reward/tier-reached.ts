import { coupon, draw, mail, onEvent, push } from "../drawing";
import { percentOff } from "../offers";
import type { Recipe } from "../recipe";

/** A tier above the one before → its welcome gift; a tier lost, or given back after a time, is no occasion. */
export const tierReached: Recipe<"silver" | "gold"> = {
  name: { en: "Tier reached", "zh-CN": "升级有礼" },
  about: {
    en: "New silver members get 10% off, new gold and platinum members 15% off and 200 points, with congratulations.",
    "zh-CN": "升为银卡送 9 折券；升为金卡、白金卡送 85 折券和 200 积分，并发送祝贺。",
  },
  purpose: "reward",
  packs: ["retail", "restaurants"],
  offers: {
    silver: percentOff({ en: "Silver: 10% off", "zh-CN": "银卡礼：9折券" }, { percent: 10, cap: 5_000, days: 30 }),
    gold: percentOff({ en: "Gold: 15% off", "zh-CN": "金卡礼：85折券" }, { percent: 15, cap: 10_000, days: 30 }),
  },
  document: (offers, say) =>
    draw({
      name: say(tierReached.name),
      nodes: [
        onEvent("reached", "tier_changed", {
          any: [
            up("silver", ["silver", "gold", "platinum"]),
            up("gold", ["gold", "platinum"]),
            up("platinum", ["platinum"]),
          ],
        }),
        {
          id: "which",
          kind: "switch",
          title: say({ en: "Which tier?", "zh-CN": "升到哪一级？" }),
          config: {
            cases: [
              {
                id: "silver",
                name: say({ en: "Silver", "zh-CN": "银卡" }),
                when: { field: "entry.tier", is: "eq", value: "silver" },
              },
            ],
          },
        },
        coupon("ten", offers.silver),
        coupon("fifteen", offers.gold, { points: 200, reason: say({ en: "tier reached", "zh-CN": "升级礼" }) }),
        mail("email", {
          subject: { en: "You reached a new tier, {{ member.name }}", "zh-CN": "恭喜{{ member.name }}升级" },
          preheader: { en: "And a gift with it", "zh-CN": "升级礼已到账" },
          heading: { en: "Congratulations, {{ member.name }}", "zh-CN": "{{ member.name }}，恭喜升级" },
          text: {
            en: "Thank you for coming so often. This goes with your new tier:",
            "zh-CN": "感谢您一直以来的支持，这是您的升级礼：",
          },
        }),
        push(
          "push",
          { en: "You reached a new tier", "zh-CN": "恭喜升级" },
          {
            en: "{{ coupon.name }} is yours, until {{ coupon.expires_at | date }}.",
            "zh-CN": "{{ coupon.name }}已到账，{{ coupon.expires_at | date }}前有效。",
          },
        ),
      ],
      wires: [
        "reached.next → which",
        "which.silver → ten",
        "which.otherwise → fifteen",
        "ten.granted → push",
        "fifteen.granted → push",
        "push.next → email",
      ],
      settings: { reentry: { is: "per_key", key: "tier" } },
    }),
};

const up = (tier: string, from: string[]) => ({
  all: [
    { field: "event.tier", is: "eq" as const, value: tier },
    { field: "event.previous", is: "not_in" as const, value: from },
  ],
});
