import { z } from "zod";
import { ANY, isAlways } from "../../rules/rule";
import { Rule } from "../../rules/schema";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";
import { LocalTime } from "../parts/local-time";

const Config = z.strictObject({
  day: field(z.int("a day from 1 to 31").min(1).max(31), {
    field: "number",
    label: { en: "Day of the month", "zh-CN": "每月几号" },
    help: { en: "A month without it has its last day instead.", "zh-CN": "没有这一天的月份取当月最后一天。" },
  }),
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
