import { z } from "zod";
import type { NodeKind } from "../kind";
import { windowPart } from "../parts/waits/window";
import { weekdaysInWords } from "../parts/weekdays";

const Config = z.strictObject(windowPart.fields);
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
  initial: windowPart.initial,
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
  compile: (config) => ({ start: { op: "wait", first: [windowPart.opens(config, { port: "next" })] } }),
};
