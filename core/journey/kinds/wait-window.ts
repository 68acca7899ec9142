import { z } from "zod";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";
import { LocalTime } from "../parts/local-time";
import { weekdaysInWords } from "../parts/weekdays";

const Weekday = z.int().min(1).max(7);
const Config = z.strictObject({
  window: field(
    z.strictObject({
      weekdays: z
        .array(Weekday)
        .min(1, "choose at least one weekday")
        .max(7)
        .refine((days) => new Set(days).size === days.length, "a weekday stands twice"),
      from: LocalTime,
      /** Absent: only the instant `from`. */
      to: LocalTime.optional(),
    }),
    {
      field: "window",
      label: { en: "When", "zh-CN": "时间" },
      help: {
        en: "On the member's clocks. Inside the window the member goes on at once.",
        "zh-CN": "按会员所在时区的时间；已在时间段内则立即继续。",
      },
    },
  ),
});
type Config = z.infer<typeof Config>;

export const waitWindow: NodeKind<Config> = {
  family: "wait",
  icon: "window",
  name: { en: "Wait for a time of day", "zh-CN": "等到某个时段" },
  about: {
    en: "Waits for a time of day or certain hours of the week; inside them it is passed at once.",
    "zh-CN": "等到一天中的某个时刻，或每周的某些时段；已在时段内则立即通过。",
  },
  config: Config,
  initial: { window: { weekdays: [1, 2, 3, 4, 5, 6, 7], from: "10:00", to: "20:00" } },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: ({ window: { weekdays, from, to } }) => ({
    text:
      to === undefined
        ? { en: "Wait until {days} at {from}", "zh-CN": "等到{days} {from}" }
        : { en: "Wait until {days}, {from} to {to}", "zh-CN": "等到{days} {from} 至 {to}" },
    values: {
      days: { as: "words", words: weekdaysInWords(weekdays) },
      from: { as: "text", text: from },
      to: { as: "text", text: to ?? "" },
    },
  }),
  compile: ({ window: { weekdays, from, to } }) => ({
    start: {
      op: "wait",
      first: [{ until: { window: { weekdays, from, ...(to !== undefined && { to }) } }, go: { port: "next" } }],
    },
  }),
};
