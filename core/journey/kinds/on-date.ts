import { z } from "zod";
import { fieldAt } from "../../rules/fields";
import { ANY } from "../../rules/rule";
import { FieldPath } from "../../rules/schema";
import type { Text } from "../../text";
import type { NodeKind } from "../kind";
import { atTime, awayFrom, dateProblems, daysAway, leapDayField, lunarly, returnsField } from "../parts/dated";
import { field } from "../parts/field";
import { onlyIf } from "../parts/only-if";

const Config = z.strictObject({
  date: field(
    FieldPath.refine((path) => path.startsWith("member."), "a date of the member, like member.birthday"),
    { field: "date", label: { en: "Date", "zh-CN": "日期" } },
  ),
  returns: returnsField,
  days: daysAway,
  time: atTime,
  leapDay: leapDayField,
  when: onlyIf,
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
    text: lineOf(days),
    values: {
      date: { as: "words", words: nameOf(date, returns) },
      days: { as: "count", count: Math.abs(days) },
      time: { as: "text", text: time },
    },
  }),
  problems: ({ date }, _, node) => dateProblems(date, node, ["date"]),
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

function nameOf(date: string, returns: Config["returns"]): Text {
  const name = fieldAt(date)?.name ?? { en: date, "zh-CN": date };
  return returns === "lunar" ? lunarly({ ...name, en: name.en.toLowerCase() }) : name;
}

function lineOf(days: number): Text {
  const { en, "zh-CN": zh } = awayFrom(days, { en: "{date}", "zh-CN": "{date}" }, "{days}");
  return { en: `${days === 0 ? "On " : ""}${en}, at {time}`, "zh-CN": `${zh} {time}` };
}
