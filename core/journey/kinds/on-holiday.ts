import { z } from "zod";
import { ANY, isAlways } from "../../rules/rule";
import { Rule } from "../../rules/schema";
import { HOLIDAY_IDS, HOLIDAYS } from "../../time/holidays";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";
import { LocalTime } from "../parts/local-time";

const Config = z.strictObject({
  holiday: field(z.enum(HOLIDAY_IDS), {
    field: "choice",
    label: { en: "Holiday", "zh-CN": "节日" },
    options: HOLIDAY_IDS.map((value) => ({ value, label: HOLIDAYS[value].name })),
  }),
  days: field(z.int().min(-365).max(365), { field: "offset", label: { en: "Days", "zh-CN": "提前或推后" } }),
  time: field(LocalTime, {
    field: "time",
    label: { en: "At", "zh-CN": "时刻" },
    help: { en: "On the member's clocks.", "zh-CN": "按会员所在时区的时间。" },
  }),
  when: field(Rule, {
    field: "rule",
    judges: "none",
    label: { en: "Only if", "zh-CN": "且满足" },
    help: { en: "Conditions on the member. None = everyone.", "zh-CN": "对会员的条件；留空表示所有人。" },
  }),
});
type Config = z.infer<typeof Config>;

export const onHoliday: NodeKind<Config> = {
  family: "trigger",
  icon: "calendar",
  name: { en: "Holiday", "zh-CN": "节日" },
  about: {
    en: "Members enter on a holiday, by the solar or the lunar calendar, days before or after; once a year.",
    "zh-CN": "会员在公历或农历节日进入，可提前或推后若干天；每年一次。",
  },
  config: Config,
  initial: { holiday: "mid_autumn", days: -3, time: "10:00", when: ANY },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: ({ holiday, days, time, when }) => ({
    text: lineOf(days, isAlways(when)),
    values: {
      holiday: { as: "words", words: HOLIDAYS[holiday].name },
      days: { as: "count", count: Math.abs(days) },
      time: { as: "text", text: time },
      rule: { as: "rule", rule: when },
    },
  }),
  entry: ({ holiday, days, time, when }) => ({
    on: "date",
    event: "holiday",
    when,
    date: { holiday },
    days,
    at: time,
    leap: "feb28",
  }),
};

function lineOf(days: number, isForAll: boolean): { en: string; "zh-CN": string } {
  const unit = Math.abs(days) === 1 ? "day" : "days";
  const en = days === 0 ? "On {holiday}" : `{days} ${unit} ${days < 0 ? "before" : "after"} {holiday}`;
  const zh = days === 0 ? "{holiday}当天" : `{holiday}${days < 0 ? "前" : "后"} {days} 天`;
  return isForAll
    ? { en: `${en}, at {time}`, "zh-CN": `${zh} {time}` }
    : { en: `${en}, at {time}, if {rule}`, "zh-CN": `${zh} {time}，且{rule}` };
}
