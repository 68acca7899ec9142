import type { Text } from "../../text";

const NAMES: readonly Text[] = [
  { en: "Mon", "zh-CN": "周一" },
  { en: "Tue", "zh-CN": "周二" },
  { en: "Wed", "zh-CN": "周三" },
  { en: "Thu", "zh-CN": "周四" },
  { en: "Fri", "zh-CN": "周五" },
  { en: "Sat", "zh-CN": "周六" },
  { en: "Sun", "zh-CN": "周日" },
];

/** A weekday's short name; 1 = Monday to 7 = Sunday. */
export const weekdayName = (weekday: number): Text => NAMES[weekday - 1] ?? { en: "?", "zh-CN": "？" };

/** "any day", "Mon–Fri", "Mon, Wed". */
export function weekdaysInWords(weekdays: readonly number[]): Text {
  const days = [...new Set(weekdays)].sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return { en: "no day", "zh-CN": "未选日期" };
  if (days.length === 7) return { en: "any day", "zh-CN": "每天" };
  const [a, b] = [weekdayName(first), weekdayName(last)];
  if (days.length > 2 && last - first + 1 === days.length)
    return { en: `${a.en}–${b.en}`, "zh-CN": `${a["zh-CN"]}至${b["zh-CN"]}` };
  return {
    en: days.map((day) => weekdayName(day).en).join(", "),
    "zh-CN": days.map((day) => weekdayName(day)["zh-CN"]).join("、"),
  };
}
