import { voucher } from "../offers";
import { away } from "./away";

export const thirtyDaysNoPurchase = away(
  "purchase",
  30,
  voucher({ en: "A small hello: 5", "zh-CN": "回来看看：5元券" }, { amount: 500, days: 14 }),
  {
    name: { en: "30 days without a purchase", "zh-CN": "30 天未消费唤醒" },
    about: {
      en: "30 days after the last order a voucher of 5 by SMS, and one reminder; an order ends it at once.",
      "zh-CN": "30 天未消费的会员收到 5 元券和一次提醒；一旦消费立即停止。",
    },
    packs: ["retail", "restaurants"],
  },
);
