import { coupons, draw, goal, onEvent, sms, waitForRedemption } from "../drawing";
import { amountOff, voucher } from "../offers";
import type { Recipe } from "../recipe";

/** A hotel booked → a coupon for a ticket and one for a meal, both or none, told in one SMS. */
export const travellerBundle: Recipe<"ticket" | "meal"> = {
  name: { en: "Traveller's bundle", "zh-CN": "旅行组合礼" },
  about: {
    en: "Who books a hotel gets 30 off tickets and 20 for a meal, in one SMS.",
    "zh-CN": "预订酒店后，送景点门票满 200 减 30 券和 20 元餐饮券，一条短信告知。",
  },
  purpose: "upsell",
  packs: ["retail"],
  offers: {
    ticket: amountOff(
      { en: "Tickets: 30 off 200", "zh-CN": "门票：满200减30" },
      { threshold: 20_000, amount: 3_000, days: 30 },
    ),
    meal: voucher({ en: "A meal on the way: 20", "zh-CN": "旅途餐饮：20元券" }, { amount: 2_000, days: 30 }),
  },
  document: (offers, say) =>
    draw({
      name: say(travellerBundle.name),
      nodes: [
        onEvent("booked", "order_paid", {
          field: "event.category",
          is: "eq",
          value: say({ en: "hotel", "zh-CN": "酒店" }),
        }),
        coupons("bundle", [offers.ticket, offers.meal]),
        sms("sms", {
          en: "Have a good trip, {{ member.name }}! {{ coupons[0].name }}: {{ coupons[0].code }}. {{ coupon.name }}: {{ coupon.code }}. Valid until {{ coupon.expires_at | date }}.",
          "zh-CN":
            "{{ member.name }}，祝您旅途愉快！送您{{ coupons[0].name }}（券码{{ coupons[0].code }}）和{{ coupon.name }}（券码{{ coupon.code }}），有效期至{{ coupon.expires_at | date }}。",
        }),
        waitForRedemption("used", "P30D"),
        goal("bought"),
      ],
      wires: ["booked.next → bundle", "bundle.granted → sms", "sms.next → used", "used.happened → bought"],
      settings: { reentry: { is: "per_key", key: "order_id" } },
    }),
};
