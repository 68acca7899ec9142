import { z } from "zod";
import { type Field, fieldAt } from "../../rules/fields";
import type { Text } from "../../text";
import type { Problem } from "../problem";
import { field } from "./field";
import { LocalTime } from "./local-time";

/** A time of day, as every kind that has one asks for it. */
export const atTime = field(LocalTime, {
  field: "time",
  label: { en: "At", "zh-CN": "时刻" },
  help: { en: "On the member's clocks.", "zh-CN": "按会员所在时区的时间。" },
});

/** So many days before a day (negative) or after it. */
export const daysAway = field(z.int().min(-365).max(365), {
  field: "offset",
  label: { en: "Days", "zh-CN": "提前或推后" },
});

/** How a date of the member, of an event or of a coupon is meant: each year, each year of the lunar calendar, or that one day. */
export const returnsField = field(z.enum(["yearly", "lunar", "once"]), {
  field: "choice",
  label: { en: "Meant is", "zh-CN": "按" },
  help: {
    en: "Lunar: the Chinese calendar's day, each of its years. A leap month's day is kept in the month itself, the 30th on the last day of a shorter one.",
    "zh-CN": "农历：按该日期对应的农历日每年一次。闰月出生的按同号平月过，三十日在小月按月末算。",
  },
  options: [
    { value: "yearly", label: { en: "every year", "zh-CN": "每年" } },
    { value: "lunar", label: { en: "lunar year", "zh-CN": "每年农历" } },
    { value: "once", label: { en: "that day", "zh-CN": "当天" } },
  ],
});

/** Where 29 February falls in a common year. */
export const leapDayField = field(z.enum(["feb28", "mar1"]), {
  field: "choice",
  label: { en: "29 February in other years", "zh-CN": "平年的 2 月 29 日" },
  options: [
    { value: "feb28", label: { en: "28 Feb", "zh-CN": "2 月 28 日" } },
    { value: "mar1", label: { en: "1 March", "zh-CN": "3 月 1 日" } },
  ],
});

/** So many days before or after a day, in words: "3 days before {date}". */
export function awayFrom(days: number, of: Text, count = String(Math.abs(days))): Text {
  if (days === 0) return { en: of.en, "zh-CN": `${of["zh-CN"]}当天` };
  const unit = Math.abs(days) === 1 ? "day" : "days";
  return days < 0
    ? { en: `${count} ${unit} before ${of.en}`, "zh-CN": `${of["zh-CN"]}前 ${count} 天` }
    : { en: `${count} ${unit} after ${of.en}`, "zh-CN": `${of["zh-CN"]}后 ${count} 天` };
}

/** A date's name where it returns by the lunar calendar. */
export const lunarly = ({ en, "zh-CN": zh }: Text): Text => ({ en: `lunar ${en}`, "zh-CN": `农历${zh}` });

/** Whether a field may hold a date. */
const isDated = ({ holds }: Field): boolean => holds === "date" || holds === "instant" || holds === "untyped";

/** What is wrong with a path that should lead to a date. `entry`: the event that starts the runs, where there is one. */
export function dateProblems(
  date: string,
  node: string,
  path: (string | number)[],
  scope: { coupons?: boolean; entry?: string } = {},
): Problem[] {
  const known = fieldAt(date, scope);
  if (known && isDated(known)) return [];
  return [
    {
      code: known ? "date_unfit" : "field_unknown",
      severity: "error",
      node,
      path,
      says: known
        ? { en: `“${known.name.en}” is no date.`, "zh-CN": `“${known.name["zh-CN"]}”不是日期。` }
        : { en: `There is no field “${date}”.`, "zh-CN": `没有“${date}”这个字段。` },
    },
  ];
}
