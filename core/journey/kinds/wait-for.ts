import { z } from "zod";
import { isAlways } from "../../rules/rule";
import type { NodeKind } from "../kind";
import { atMost } from "../parts/waits/at-most";
import { eventPart } from "../parts/waits/event";

const Config = z.strictObject({ ...eventPart.fields, within: atMost });
type Config = z.infer<typeof Config>;

export const waitFor: NodeKind<Config> = {
  family: "wait",
  icon: "hourglass",
  name: { en: "Wait for an event", "zh-CN": "等待事件" },
  about: {
    en: "Waits until something happens, or until the time is up: two ways on.",
    "zh-CN": "等待某件事发生，或等到超时：两条不同的路。",
  },
  config: Config,
  initial: { ...eventPart.initial, within: "P7D" },
  ports: () => [
    { id: "happened", name: { en: "happened", "zh-CN": "发生了" }, tone: "yes" },
    { id: "timeout", name: { en: "time is up", "zh-CN": "超时" }, tone: "late" },
  ],
  says: ({ event, when, within }) => ({
    text: isAlways(when)
      ? { en: "Wait for {event}, at most {duration}", "zh-CN": "等待{event}，最多{duration}" }
      : { en: "Wait for {event} where {rule}, at most {duration}", "zh-CN": "等待{event}，且{rule}，最多{duration}" },
    values: {
      event: { as: "event", event },
      rule: { as: "rule", rule: when },
      duration: { as: "duration", duration: within },
    },
  }),
  compile: (config) => ({
    start: {
      op: "wait",
      first: [
        eventPart.opens(config, { port: "happened" }),
        { until: { after: config.within }, go: { port: "timeout" } },
      ],
    },
  }),
};
