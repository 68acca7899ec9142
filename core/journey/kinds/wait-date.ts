import { z } from "zod";
import { fieldAt } from "../../rules/fields";
import { FieldPath } from "../../rules/schema";
import type { Text } from "../../text";
import type { JourneyDocument } from "../document";
import type { NodeKind, Port } from "../kind";
import { field } from "../parts/field";
import { LocalTime } from "../parts/local-time";
import type { Problem } from "../problem";

const Config = z.strictObject({
  date: field(
    FieldPath.refine((path) => !path.startsWith("event."), "no event is judged here; the one that began is entry.…"),
    { field: "date", label: { en: "Date", "zh-CN": "日期" } },
  ),
  returns: field(z.enum(["once", "yearly"]), {
    field: "choice",
    label: { en: "Meant is", "zh-CN": "按" },
    options: [
      { value: "once", label: { en: "that day", "zh-CN": "当天" } },
      { value: "yearly", label: { en: "every year", "zh-CN": "每年" } },
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
});
type Config = z.infer<typeof Config>;

const REACHED: Port = { id: "reached", name: { en: "then", "zh-CN": "到时" }, tone: "yes" };
const PAST: Port = { id: "past", name: { en: "already past", "zh-CN": "已过期" }, tone: "late" };
const ABSENT: Port = { id: "absent", name: { en: "no date", "zh-CN": "没有日期" }, tone: "no" };

export const waitDate: NodeKind<Config> = {
  family: "wait",
  icon: "calendar",
  name: { en: "Wait for a date", "zh-CN": "等到某个日期" },
  about: {
    en: "Waits for a date of the member, of the event that started the run or of a coupon, days before or after.",
    "zh-CN": "等到会员、触发事件或优惠券的某个日期，可提前或推后若干天。",
  },
  config: Config,
  initial: { date: "member.birthday", returns: "yearly", days: -3, time: "10:00", leapDay: "feb28" },
  ports: ({ returns }) => (returns === "once" ? [REACHED, PAST, ABSENT] : [REACHED, ABSENT]),
  says: ({ date, days, time }) => ({
    text: lineOf(days),
    values: {
      date: { as: "words", words: nameOf(date) },
      days: { as: "count", count: Math.abs(days) },
      time: { as: "text", text: time },
    },
  }),
  problems: problemsOfDate,
  compile: ({ date, returns, days, time, leapDay }) => ({
    start: {
      op: "wait",
      first: [
        {
          until: { date, days, time, ...(returns === "yearly" && { yearly: leapDay }) },
          go: { port: "reached" },
          absent: { port: "absent" },
          ...(returns === "once" && { past: { port: "past" } }),
        },
      ],
    },
  }),
};

function lineOf(days: number): Text {
  if (days === 0) return { en: "Wait until {date} at {time}", "zh-CN": "等到{date}当天 {time}" };
  const unit = Math.abs(days) === 1 ? "day" : "days";
  return days < 0
    ? { en: `Wait until {days} ${unit} before {date}, {time}`, "zh-CN": "等到{date}前 {days} 天 {time}" }
    : { en: `Wait until {days} ${unit} after {date}, {time}`, "zh-CN": "等到{date}后 {days} 天 {time}" };
}

function nameOf(path: string): Text {
  const name = fieldAt(path)?.name ?? { en: path, "zh-CN": path };
  if (path.startsWith("entry.")) return { en: `the event's ${name.en}`, "zh-CN": `触发事件的${name["zh-CN"]}` };
  if (path.startsWith("coupon.")) return { en: "the coupon's expiry", "zh-CN": "优惠券到期日" };
  return { en: name.en.toLowerCase(), "zh-CN": name["zh-CN"] };
}

const DATED = ["date", "instant", "untyped"];

function problemsOfDate({ date }: Config, { nodes, entry }: JourneyDocument, node: string): Problem[] {
  const event = nodes.find(({ id }) => id === entry)?.config.event;
  const known = fieldAt(date, { coupons: true, ...(typeof event === "string" && { entry: event }) });
  if (known && DATED.includes(known.holds)) return [];
  return [
    {
      code: known ? "date_unfit" : "field_unknown",
      severity: "error",
      node,
      path: ["date"],
      says: known
        ? { en: `“${known.name.en}” is no date.`, "zh-CN": `“${known.name["zh-CN"]}”不是日期。` }
        : { en: `There is no field “${date}”.`, "zh-CN": `没有“${date}”这个字段。` },
    },
  ];
}
