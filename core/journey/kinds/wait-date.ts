import { z } from "zod";
import type { Text } from "../../text";
import type { NodeKind, Port } from "../kind";
import { awayFrom } from "../parts/dated";
import { dateName, datePart } from "../parts/waits/date";

const Config = z.strictObject(datePart.fields);
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
  initial: datePart.initial,
  ports: ({ returns }) => (returns === "once" ? [REACHED, PAST, ABSENT] : [REACHED, ABSENT]),
  says: ({ date, returns, days, time }) => ({
    text: lineOf(days),
    values: {
      date: { as: "words", words: dateName({ date, returns }) },
      days: { as: "count", count: Math.abs(days) },
      time: { as: "text", text: time },
    },
  }),
  problems: (config, document, node) => datePart.problems(config, { document, node, path: [] }),
  compile: (config) => ({
    start: {
      op: "wait",
      first: [
        {
          ...datePart.opens(config, { port: "reached" }),
          absent: { port: "absent" },
          ...(config.returns === "once" && { past: { port: "past" } }),
        },
      ],
    },
  }),
};

function lineOf(days: number): Text {
  const { en, "zh-CN": zh } = awayFrom(days, { en: "{date}", "zh-CN": "{date}" }, "{days}");
  return { en: `Wait until ${en}${days === 0 ? " at" : ","} {time}`, "zh-CN": `等到${zh} {time}` };
}
