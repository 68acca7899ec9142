import { JourneyDocument } from "../journey/document";
import { OfferTerms } from "../loyalty/offer";
import type { Rule } from "../rules/rule";
import { addTag, send, wires } from "./drawing";
import type { Recipe } from "./recipe";

const IN_STORE: Rule = { field: "event.channel", is: "eq", value: "store" };

/**
 * No visit for 30 days → 30 off 200 and an SMS, once per spell, stopped by a visit. A run is one member's clock: each purchase in a
 * store winds it up again. When it has run down, `member.last_visit_at` also knows the visits without a purchase (a check-in): such a
 * member is looked at again every day until the 30 days are full. Whoever comes back goes on in the same run, who stays away leaves
 * it, and the next visit starts another, so that nobody is ever without a clock.
 */
export const thirtyDaysAway: Recipe<"back"> = {
  name: { en: "30 days without a visit", "zh-CN": "30天未到店召回" },
  about: {
    en: "Nobody seen for 30 days gets 30 off 200 by SMS, once per spell; a visit winds the clock up again.",
    "zh-CN": "30天未到店的会员收到满200减30券，每次沉睡只发一次；一旦到店，重新计时。",
  },
  offers: {
    back: {
      name: { en: "Come back: 30 off 200", "zh-CN": "想念您：满200减30" },
      terms: OfferTerms.parse({
        discount: { kind: "amount_off", threshold: 20_000, amount: 3_000 },
        validity: { is: "days", days: 30 },
      }),
      perMember: null,
    },
  },
  document: (offers, say) =>
    JourneyDocument.parse({
      name: say(thirtyDaysAway.name),
      entry: "visit",
      nodes: [
        { id: "visit", kind: "on-event", config: { event: "order_paid", when: IN_STORE } },
        {
          id: "clock",
          kind: "wait-for",
          title: say({ en: "Next visit within 30 days?", "zh-CN": "30天内再次到店？" }),
          config: { event: "order_paid", when: IN_STORE, within: "P30D" },
        },
        // 29: on the 30th day itself the spell is full.
        {
          id: "seen",
          kind: "if",
          title: say({ en: "Came without buying?", "zh-CN": "到店但未消费？" }),
          config: { when: { field: "member.last_visit_at", is: "within_days", value: 29 } },
        },
        {
          id: "tomorrow",
          kind: "delay",
          title: say({ en: "Look again tomorrow", "zh-CN": "明天再看" }),
          config: { for: "P1D" },
        },
        { id: "gift", kind: "reward", config: { grants: [{ is: "coupon", offer: offers.back }] } },
        send("sms", "sms", {
          en: {
            text: "[{{ workspace.name }}] We miss you, {{ member.name }}! {{ coupon.name }}, code {{ coupon.code }}, valid until {{ coupon.expires_at | date }}.",
          },
          "zh-CN": {
            text: "【{{ workspace.name }}】{{ member.name }}，好久不见！送您{{ coupon.name }}，券码 {{ coupon.code }}，有效期至{{ coupon.expires_at | date }}，期待您再次光临。",
          },
        }),
        {
          id: "returned",
          kind: "wait-for",
          title: say({ en: "Comes back?", "zh-CN": "是否回来？" }),
          config: { event: "order_paid", when: IN_STORE, within: "P30D" },
        },
        addTag("won", "won back"),
      ],
      edges: wires(
        "visit.next → clock",
        "clock.happened → clock",
        "clock.timeout → seen",
        "seen.yes → tomorrow",
        "tomorrow.next → seen",
        "seen.no → gift",
        "gift.granted → sms",
        "sms.next → returned",
        "returned.happened → won",
        "won.next → clock",
      ),
      exits: [{ on: "account_closed", when: { all: [] } }],
      settings: { reentry: { is: "after_end" } },
    }),
};
