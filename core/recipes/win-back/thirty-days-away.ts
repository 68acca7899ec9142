import { amountOff } from "../offers";
import { away } from "./away";

export const thirtyDaysAway = away(
  "visit",
  30,
  amountOff(
    { en: "Come back: 30 off 200", "zh-CN": "想念您：满200减30" },
    { threshold: 20_000, amount: 3_000, days: 30 },
  ),
  {
    name: { en: "30 days without a visit", "zh-CN": "30 天未到店唤醒" },
    about: {
      en: "Nobody seen for 30 days gets 30 off 200 by SMS, and one reminder; a visit ends it at once.",
      "zh-CN": "30 天未到店的会员收到满 200 减 30 券和一次提醒；一旦到店立即停止。",
    },
    packs: ["retail", "restaurants"],
  },
);
