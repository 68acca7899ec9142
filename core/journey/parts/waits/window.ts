import { z } from "zod";
import type { Window } from "../../../time/window";
import { field } from "../field";
import { LocalTime } from "../local-time";
import { weekdaysInWords } from "../weekdays";
import type { WaitPart } from "./wait-part";

const Weekday = z.int().min(1).max(7);
const fields = {
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
};
type Config = { window: { weekdays: number[]; from: string; to?: string | undefined } };

/** Certain hours of some weekdays, or one time of day; inside them it is open at once. */
export const windowPart = {
  name: { en: "a time of day", "zh-CN": "时段" },
  fields,
  initial: { window: { weekdays: [1, 2, 3, 4, 5, 6, 7], from: "10:00", to: "20:00" } },
  called: ({ window: { weekdays, from, to } }) => {
    const [days, hours] = [weekdaysInWords(weekdays), to === undefined ? from : `${from}–${to}`];
    return { en: `${days.en} ${hours}`, "zh-CN": `${days["zh-CN"]} ${hours}` };
  },
  opens: ({ window }, go) => ({ until: { window: windowOf(window) }, go }),
} satisfies WaitPart<Config>;

const windowOf = ({ weekdays, from, to }: Config["window"]): Window => ({
  weekdays,
  from,
  ...(to !== undefined && { to }),
});
