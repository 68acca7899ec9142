import { coupon, couponSms, draw, onEvent } from "../drawing";
import { amountOff } from "../offers";
import type { Recipe } from "../recipe";

/**
 * The first purchase in a store makes it the member's home store; the first one in each other store → a coupon for the next. Once a
 * member and store: the run's key is the store.
 */
export const anotherStore: Recipe<"again"> = {
  name: { en: "Welcome to another store", "zh-CN": "跨店欢迎礼" },
  about: {
    en: "Remembers where a member bought first; whoever buys in another of your stores gets 10 off 60 for the next visit.",
    "zh-CN": "记住会员首次消费的门店；首次到其他门店消费时，送满 60 减 10 券欢迎再来。",
  },
  purpose: "welcome",
  packs: ["retail", "restaurants"],
  offers: {
    again: amountOff(
      { en: "Hello from another store: 10 off 60", "zh-CN": "跨店欢迎：满60减10" },
      { threshold: 6_000, amount: 1_000, days: 30 },
    ),
  },
  document: (offers, say) =>
    draw({
      name: say(anotherStore.name),
      nodes: [
        onEvent("paid", "order_paid", { field: "event.store", is: "exists" }),
        {
          id: "where",
          kind: "switch",
          title: say({ en: "Which store is it?", "zh-CN": "是哪家门店？" }),
          config: {
            cases: [
              {
                id: "first",
                name: say({ en: "the first", "zh-CN": "首家" }),
                when: { field: "member.attributes.home_store", is: "not_exists" },
              },
              {
                id: "another",
                name: say({ en: "another", "zh-CN": "其他门店" }),
                when: { field: "entry.store", is: "ne", value: { field: "member.attributes.home_store" } },
              },
            ],
          },
        },
        {
          id: "home",
          kind: "set-attribute",
          config: { attribute: "home_store", change: { is: "event", property: "store" } },
        },
        coupon("gift", offers.again),
        couponSms("sms", {
          en: "Welcome{% if store %} to {{ store.name }}{% endif %}, {{ member.name }}! For your next visit:",
          "zh-CN":
            "{{ member.name }}，欢迎光临{% if store %}{{ store.name }}{% else %}新门店{% endif %}！下次再来，送您",
        }),
      ],
      wires: ["paid.next → where", "where.first → home", "where.another → gift", "gift.granted → sms"],
      settings: { reentry: { is: "per_key", key: "store" } },
    }),
};
