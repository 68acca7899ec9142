import { z } from "zod";
import { EmittedName, EmittedProperty } from "../emitted";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";

const Config = z.strictObject({
  name: field(EmittedName, {
    field: "text",
    label: { en: "Event", "zh-CN": "事件" },
    help: {
      en: "A name of your own; other journeys can start from it or wait for it.",
      "zh-CN": "自定义名称；其他旅程可由它触发，或等待它。",
    },
  }),
  properties: field(
    z
      .array(EmittedProperty)
      .max(20)
      .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "two properties share a name"),
    { field: "properties", label: { en: "Properties", "zh-CN": "属性" } },
  ),
});
type Config = z.infer<typeof Config>;

export const emitEvent: NodeKind<Config> = {
  family: "action",
  icon: "event",
  name: { en: "Emit an event", "zh-CN": "触发事件" },
  about: {
    en: "Makes an event of the member: other journeys may start from it, conditions may count it.",
    "zh-CN": "为会员产生一个事件：其他旅程可由此开始，条件也可统计它。",
  },
  config: Config,
  initial: { name: "milestone_reached", properties: [] },
  blank: { name: "" },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: ({ name }) => ({
    text: { en: "Emits {event}", "zh-CN": "触发 {event}" },
    values: { event: { as: "event", event: name } },
  }),
  compile: ({ name, properties }) => ({
    start: { op: "apply", effects: [{ type: "emitEvent", name, properties }], done: { port: "next" }, refused: {} },
  }),
};
