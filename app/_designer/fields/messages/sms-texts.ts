import { area } from "../../../_i18n/area";

export const designerSms = area({
  en: {
    forced:
      "Not in the SMS alphabet: {characters}. With that an SMS holds 70 characters instead of 160: {parts} SMS, with plain signs {plain}.",
    mend: "Use plain signs",
    signed:
      "Mainland China gets 【{signature}】 in front, which takes the larger alphabet: {parts} SMS there, {elsewhere} elsewhere.",
    most: "At most {parts} SMS, with long names and values.",
    mostFor: "At most {parts} SMS ({cost}), with long names and values.",
    unpriced: "Nobody has told what an SMS costs.",
    price: "Set the price",
    reach: "At most {cost}, if all {count} members who match now come here.",
    reachOfEvents: "At most {cost} in 30 days, if all {count} such events lead here.",
  },
  "zh-CN": {
    forced:
      "{characters} 不在短信基本字符集中：含此字符时每条只能容纳 70 字（否则 160 字）。现为 {parts} 条，换成普通符号为 {plain} 条。",
    mend: "换成普通符号",
    signed: "发往中国大陆的短信前加【{signature}】，需用大字符集：大陆 {parts} 条，其他地区 {elsewhere} 条。",
    most: "姓名等内容较长时最多 {parts} 条。",
    mostFor: "姓名等内容较长时最多 {parts} 条（{cost}）。",
    unpriced: "尚未设置短信单价。",
    price: "去设置",
    reach: "若当前符合条件的 {count} 位会员全部到此，最多花费 {cost}。",
    reachOfEvents: "若 30 天内的 {count} 次事件全部到此，最多花费 {cost}。",
  },
});
