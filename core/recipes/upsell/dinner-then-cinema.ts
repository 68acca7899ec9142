import { voucher } from "../offers";
import { partner } from "./partner";

export const dinnerThenCinema = partner(
  {
    when: (say) => ({
      all: [
        { field: "event.category", is: "eq", value: say({ en: "dining", "zh-CN": "正餐" }) },
        { field: "event.amount", is: "gte", value: 15_000 },
      ],
    }),
    every: 30,
    within: "P14D",
  },
  voucher(
    { en: "Cinema: 20 off a ticket", "zh-CN": "影院观影券：立减20元" },
    { amount: 2_000, days: 14, note: { en: "Partner cinema only", "zh-CN": "仅限合作影院" } },
  ),
  {
    en: "{{ member.name }}, dinner is done, how about a film? With us at the cinema:",
    "zh-CN": "{{ member.name }}，吃好了再看场电影？合作影院可用：",
  },
  {
    name: { en: "Dinner, then the cinema", "zh-CN": "用餐后送观影券" },
    about: {
      en: "A meal of 150 or more: 20 off a ticket of a partner cinema, at most once a month.",
      "zh-CN": "正餐满 150 元送合作影院 20 元观影券，每月至多一次。",
    },
    packs: ["restaurants"],
  },
);
