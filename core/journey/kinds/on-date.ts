import { z } from "zod";
import { fieldAt } from "../../rules/fields";
import { ANY } from "../../rules/rule";
import { FieldPath, Rule } from "../../rules/schema";
import type { Text } from "../../text";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";
import { LocalTime } from "../parts/local-time";

const Config = z.strictObject({
  date: field(
    FieldPath.refine((path) => path.startsWith("member."), "a date of the member, like member.birthday"),
    { field: "date", label: { en: "Date", "zh-CN": "日期" } },
  ),
  returns: field(z.enum(["yearly", "lunar", "once"]), {
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
  }),
  days: field(z.int().min(-365).max(365), { field: "offset", label: { en: "Days", "zh-CN": "提前或推后" } }),
  time: field(LocalTime, {
    field: "time",
    label: { en: "At", "zh-CN": "时刻" },
    help: { en: "On the member's clocks.", "zh-CN": "按会员所在时区的时间。" },
  }),
  leapDay: field(z.enum(["feb28", "mar1"]), {
    field: "choice",
    label: { en: "29 February in other years", "zh-CN": "平年的 2 月 29 日" },
    options: [
      { value: "feb28", label: { en: "28 Feb", "zh-CN": "2 月 28 日" } },
      { value: "mar1", label: { en: "1 March", "zh-CN": "3 月 1 日" } },
    ],
  }),
  when: field(Rule, {
    field: "rule",
    judges: "none",
    label: { en: "Only if", "zh-CN": "且满足" },
    help: { en: "Conditions on the member. None = everyone.", "zh-CN": "对会员的条件；留空表示所有人。" },
  }),
});
type Config = z.infer<typeof Config>;

export const onDate: NodeKind<Config> = {
  family: "trigger",
  icon: "calendar",
  name: { en: "On a date", "zh-CN": "日期触发" },
  about: {
    en: "A member enters on their birthday, an anniversary or another date, days before or after; once a year.",
    "zh-CN": "在会员的生日、周年或其他日期进入，可提前或推后若干天；每年一次。",
  },
  config: Config,
  initial: { date: "member.birthday", returns: "yearly", days: -3, time: "10:00", leapDay: "feb28", when: ANY },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: ({ date, returns, days, time }) => ({
    text:
      days === 0
        ? { en: "On {date}, at {time}", "zh-CN": "{date}当天 {time}" }
        : days < 0
          ? { en: "{days} days before {date}, at {time}", "zh-CN": "{date}前 {days} 天 {time}" }
          : { en: "{days} days after {date}, at {time}", "zh-CN": "{date}后 {days} 天 {time}" },
    values: {
      date: { as: "words", words: returns === "lunar" ? lunarly(nameOf(date)) : nameOf(date) },
      days: { as: "count", count: Math.abs(days) },
      time: { as: "text", text: time },
    },
  }),
  problems: ({ date }, _, node) => {
    const known = fieldAt(date);
    return known && ["date", "instant", "untyped"].includes(known.holds)
      ? []
      : [
          {
            code: "date_unfit",
            severity: "error",
            node,
            path: ["date"],
            says: { en: `“${date}” is no date.`, "zh-CN": `“${date}”不是日期。` },
          },
        ];
  },
  entry: ({ date, returns, days, time, leapDay, when }) => ({
    on: "date",
    event: "date_reached",
    when,
    date: { field: date, returns },
    days,
    at: time,
    leap: leapDay,
  }),
};

const lunarly = ({ en, "zh-CN": zh }: Text): Text => ({ en: `lunar ${en.toLowerCase()}`, "zh-CN": `农历${zh}` });
const nameOf = (path: string) => fieldAt(path)?.name ?? { en: path, "zh-CN": path };
