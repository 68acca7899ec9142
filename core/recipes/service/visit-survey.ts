import { coupon, couponSms, draw, onEvent, staffTask } from "../drawing";
import { voucher } from "../offers";
import type { Recipe } from "../recipe";

/** A visit → two hours later a survey → unhappy: the store calls → a goodwill coupon, if somebody else approves it. */
export const visitSurvey: Recipe<"goodwill"> = {
  name: { en: "Survey after a visit", "zh-CN": "到店满意度调查" },
  about: {
    en: "Asks two hours after a visit; who is unhappy is called by the store and may get a voucher of 20, once approved.",
    "zh-CN": "到店两小时后发送问卷；不满意的会员由门店回访，经审批可送 20 元致歉券。",
  },
  purpose: "service",
  packs: ["retail", "restaurants", "education"],
  offers: {
    goodwill: voucher({ en: "We do better: 20", "zh-CN": "改进致歉礼：20元券" }, { amount: 2_000, days: 60 }),
  },
  document: (offers, say) =>
    draw({
      name: say(visitSurvey.name),
      nodes: [
        onEvent("visit", "store_visit"),
        { id: "later", kind: "delay", config: { for: "PT2H" } },
        {
          id: "ask",
          kind: "survey",
          config: {
            title: say({ en: "How was your visit?", "zh-CN": "您的到店体验如何？" }),
            questions: [
              {
                is: "score",
                id: "rating",
                text: { en: "How happy were you?", "zh-CN": "您有多满意？" },
                most: 5,
                lowUpTo: 2,
              },
              { is: "text", id: "comment", text: { en: "What could be better?", "zh-CN": "哪里可以更好？" } },
            ],
            channel: "sms",
            purpose: "service",
            content: {
              sms: {
                en: {
                  text: "{{ workspace.name }}: {{ member.name }}, how was it today? Tell us in a minute: {{ links.survey }}",
                },
                "zh-CN": { text: "{{ member.name }}，今天的体验如何？花一分钟告诉我们：{{ links.survey }}" },
              },
            },
            within: "P3D",
          },
        },
        staffTask(
          "call",
          say,
          {
            title: { en: "Call {{ member.name }}: not happy", "zh-CN": "回访{{ member.name }}：体验不佳" },
            instructions: {
              en: "Ask what went wrong and how we can put it right.",
              "zh-CN": "了解原因，商量如何改进。",
            },
            outcomes: [
              { id: "goodwill", name: { en: "Ask for a voucher", "zh-CN": "申请致歉券" } },
              { id: "settled", name: { en: "Settled", "zh-CN": "已解决" } },
            ],
          },
          { store: "entry", severity: "high" },
        ),
        {
          id: "approve",
          kind: "approval",
          config: {
            title: say({ en: "A voucher of 20 for {{ member.name }}", "zh-CN": "致歉券 20 元：{{ member.name }}" }),
            instructions: "",
            role: "approver",
            within: "P2D",
            escalation: { is: "none" },
          },
        },
        coupon("gift", offers.goodwill),
        couponSms("sms", {
          en: "{{ member.name }}, thank you for your honest words. With our apology:",
          "zh-CN": "{{ member.name }}，感谢您的坦诚反馈，谨以此表示歉意：",
        }),
      ],
      wires: [
        "visit.next → later",
        "later.next → ask",
        "ask.low → call",
        "call.goodwill → approve",
        "approve.approved → gift",
        "gift.granted → sms",
      ],
      settings: { reentry: { is: "every", days: 30 } },
    }),
};
