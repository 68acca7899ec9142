import { ANY } from "../../rules/rule";
import { delay, draw, onBroadcast, pushElseSms } from "../drawing";
import type { Recipe } from "../recipe";

/** Everyone at once: a push, an SMS to those whom it does not reach; an order within two days is the goal. */
export const flashSale: Recipe = {
  name: { en: "Flash sale", "zh-CN": "限时抢购通知" },
  about: {
    en: "Tells everyone by push, by SMS to those whom it does not reach; counts who orders within two days.",
    "zh-CN": "推送通知所有会员，未达则补发短信；两天内下单计为目标。",
  },
  purpose: "news",
  packs: ["retail", "restaurants"],
  offers: {},
  document: (_, say) =>
    draw({
      name: say(flashSale.name),
      nodes: [
        onBroadcast("all"),
        pushElseSms("tell", {
          title: { en: "Flash sale: 48 hours", "zh-CN": "限时48小时抢购" },
          body: {
            en: "{{ member.name }}, the best of the season, while it lasts.",
            "zh-CN": "{{ member.name }}，当季热卖限时特惠，售完即止。",
          },
          sms: {
            en: "{{ member.name }}, 48 hours of flash sale in all our stores, while it lasts.",
            "zh-CN": "{{ member.name }}，全场限时48小时抢购，售完即止，欢迎到店选购。",
          },
        }),
        delay("sale", "P2D"),
      ],
      wires: ["all.next → tell", "tell.sent → sale"],
      goal: { on: "order_paid", when: ANY },
      settings: { reentry: { is: "always" } },
    }),
};
