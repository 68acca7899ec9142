import { z } from "zod";
import { ANY, isAlways } from "../../rules/rule";
import { Rule } from "../../rules/schema";
import type { NodeKind } from "../kind";
import { EventName } from "../parts/event-name";
import { field } from "../parts/field";

const Config = z.strictObject({
  event: field(EventName, { field: "event", label: { en: "Event", "zh-CN": "事件" } }),
  when: field(Rule, {
    field: "rule",
    judges: "config",
    label: { en: "Only if", "zh-CN": "且满足" },
    help: {
      en: "Conditions on the event and the member. None = every such event.",
      "zh-CN": "对事件和会员的条件；留空表示每次都进入。",
    },
  }),
});
type Config = z.infer<typeof Config>;

export const onEvent: NodeKind<Config> = {
  family: "trigger",
  icon: "bolt",
  name: { en: "When an event happens", "zh-CN": "事件触发" },
  about: {
    en: "A member enters when an event arrives and its conditions hold.",
    "zh-CN": "事件到达且条件成立时，会员进入旅程。",
  },
  config: Config,
  initial: { event: "order_paid", when: ANY },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: ({ event, when }) => ({
    text: isAlways(when)
      ? { en: "When {event}", "zh-CN": "当{event}时" }
      : { en: "When {event} and {rule}", "zh-CN": "当{event}，且{rule}" },
    values: { event: { as: "event", event }, rule: { as: "rule", rule: when } },
  }),
  entry: ({ event, when }) => ({ on: "event", event, when }),
};
