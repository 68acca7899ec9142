import { z } from "zod";
import { ANY, isAlways } from "../../rules/rule";
import type { NodeKind } from "../kind";
import { atTime } from "../parts/dated";
import { field } from "../parts/field";
import { onlyIf } from "../parts/only-if";

const Config = z.strictObject({
  day: field(z.int("a day from 1 to 31").min(1).max(31), {
    field: "number",
    label: { en: "Day of the month", "zh-CN": "每月几号" },
    help: { en: "A month without it has its last day instead.", "zh-CN": "没有这一天的月份取当月最后一天。" },
  }),
  time: atTime,
  when: onlyIf,
});
type Config = z.infer<typeof Config>;

export const onMemberDay: NodeKind<Config> = {
  family: "trigger",
  icon: "calendar",
  name: { en: "Member day", "zh-CN": "会员日" },
  about: {
    en: "Members enter on the same day of every month, each at the same time of their own clocks.",
    "zh-CN": "会员在每月的同一天、按各自时区的同一时刻进入。",
  },
  config: Config,
  initial: { day: 15, time: "10:00", when: ANY },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: ({ day, time, when }) => ({
    text: isAlways(when)
      ? { en: "On day {day} of each month, at {time}", "zh-CN": "每月 {day} 日 {time}" }
      : { en: "On day {day} of each month, at {time}, if {rule}", "zh-CN": "每月 {day} 日 {time}，且{rule}" },
    values: {
      day: { as: "count", count: day },
      time: { as: "text", text: time },
      rule: { as: "rule", rule: when },
    },
  }),
  entry: ({ day, time, when }) => ({
    on: "date",
    event: "member_day",
    when,
    date: { monthly: day },
    days: 0,
    at: time,
    leap: "feb28",
  }),
};
