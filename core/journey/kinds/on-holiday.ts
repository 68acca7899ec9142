import { z } from "zod";
import { ANY, isAlways } from "../../rules/rule";
import type { Text } from "../../text";
import { HOLIDAY_IDS, HOLIDAYS } from "../../time/holidays";
import type { NodeKind } from "../kind";
import { atTime, awayFrom, daysAway } from "../parts/dated";
import { field } from "../parts/field";
import { onlyIf } from "../parts/only-if";

const Config = z.strictObject({
  holiday: field(z.enum(HOLIDAY_IDS), {
    field: "choice",
    label: { en: "Holiday", "zh-CN": "节日" },
    options: HOLIDAY_IDS.map((value) => ({ value, label: HOLIDAYS[value].name })),
  }),
  days: daysAway,
  time: atTime,
  when: onlyIf,
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

function lineOf(days: number, isForAll: boolean): Text {
  const away = awayFrom(days, { en: "{holiday}", "zh-CN": "{holiday}" }, "{days}");
  const [en, zh] = [`${days === 0 ? "On " : ""}${away.en}`, away["zh-CN"]];
  return isForAll
    ? { en: `${en}, at {time}`, "zh-CN": `${zh} {time}` }
    : { en: `${en}, at {time}, if {rule}`, "zh-CN": `${zh} {time}，且{rule}` };
}
