import { voucher } from "../offers";
import { partner } from "./partner";

export const clothesThenCoffee = partner(
  {
    when: (say) => ({ field: "event.category", is: "eq", value: say({ en: "clothing", "zh-CN": "服装" }) }),
    every: 7,
    within: "P2D",
  },
  voucher({ en: "A coffee in the mall: 10", "zh-CN": "同商场咖啡券：10元" }, { amount: 1_000, days: 2 }),
  {
    en: "{{ member.name }}, rest your feet: a coffee in the same mall.",
    "zh-CN": "{{ member.name }}，逛累了吗？同商场咖啡店请您歇歇脚：",
  },
  {
    name: { en: "Clothes, then coffee in the same mall", "zh-CN": "买衣送同商场咖啡" },
    about: {
      en: "Who buys clothes gets 10 for a coffee in the mall, today or tomorrow; choose the mall's stores in the offer.",
      "zh-CN": "购买服装后送同商场 10 元咖啡券，两天内有效；在优惠中选定该商场的门店。",
    },
    packs: ["retail"],
  },
);
