import { z } from "zod";
import { ANY, isAlways } from "../../rules/rule";
import { Rule } from "../../rules/schema";
import type { NodeKind } from "../kind";
import { EventName } from "../parts/event-name";
import { field } from "../parts/field";
import { IsoDuration } from "../parts/iso-duration";

const Config = z.strictObject({
  event: field(EventName, { field: "event", label: { en: "Event", "zh-CN": "事件" } }),
  when: field(Rule, {
    field: "rule",
    judges: "config",
    label: { en: "Only if", "zh-CN": "且满足" },
    help: {
      en: "May compare with the event that started the run (same order, same store) and with coupons issued in it.",
      "zh-CN": "可与触发本次旅程的事件比较（同一订单、同一门店），也可与本次旅程发放的优惠券比较。",
    },
  }),
  within: field(IsoDuration, { field: "duration", label: { en: "At most", "zh-CN": "最多等待" } }),
});
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
  initial: { event: "coupon_redeemed", when: ANY, within: "P7D" },
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
  compile: ({ event, when, within }) => ({
    start: {
      op: "wait",
      first: [
        { on: event, when, go: { port: "happened" } },
        { until: { after: within }, go: { port: "timeout" } },
      ],
    },
  }),
};
