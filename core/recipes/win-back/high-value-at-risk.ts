import { coupon, couponSms, draw, onInactivity, staffTask } from "../drawing";
import { amountOff } from "../offers";
import type { Recipe } from "../recipe";

/** Spent much and not seen for 45 days → a coupon, and a call from the store where they joined. A visit ends it. */
export const highValueAtRisk: Recipe<"back"> = {
  name: { en: "High value at risk", "zh-CN": "高价值会员流失预警" },
  about: {
    en: "Who spent 2000 and was not seen for 45 days gets 50 off 300 and a call from their store; a visit ends it at once.",
    "zh-CN": "累计消费满 2000 元、45 天未到店的会员，收到满 300 减 50 券并由门店致电；一旦到店立即停止。",
  },
  purpose: "win-back",
  packs: ["retail", "restaurants"],
  offers: {
    back: amountOff(
      { en: "For you alone: 50 off 300", "zh-CN": "专属：满300减50" },
      { threshold: 30_000, amount: 5_000, days: 30 },
    ),
  },
  document: (offers, say) =>
    draw({
      name: say(highValueAtRisk.name),
      nodes: [
        onInactivity("away", "visit", 45, { field: "member.spent", is: "gte", value: 200_000 }),
        coupon("gift", offers.back),
        couponSms("sms", {
          en: "{{ member.name }}, you are dear to us. For your next visit:",
          "zh-CN": "{{ member.name }}，许久未见，特为您准备了",
        }),
        staffTask("call", say, {
          title: { en: "Call {{ member.name }}: long not seen", "zh-CN": "致电{{ member.name }}：许久未到店" },
          instructions: {
            en: "Say hello, ask what they would like, mention the coupon {{ coupon.name }}.",
            "zh-CN": "问候会员，了解需求，提醒已送{{ coupon.name }}。",
          },
          outcomes: [
            { id: "reached", name: { en: "Reached", "zh-CN": "已接通" } },
            { id: "not_reached", name: { en: "Not reached", "zh-CN": "未接通" } },
          ],
          within: "P3D",
        }),
        couponSms("again", {
          en: "{{ member.name }}, we tried to call you. Your coupon is still there:",
          "zh-CN": "{{ member.name }}，刚才致电未能接通，您的券仍可使用：",
        }),
      ],
      wires: ["away.next → gift", "gift.granted → sms", "sms.next → call", "call.not_reached → again"],
    }),
};
