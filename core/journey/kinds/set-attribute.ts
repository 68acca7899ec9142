import { z } from "zod";
import type { NodeKind } from "../kind";
import { AttributeChange, AttributeName } from "../parts/attribute";
import { field } from "../parts/field";

const Config = z.strictObject({
  attribute: field(AttributeName, {
    field: "text",
    label: { en: "Attribute", "zh-CN": "属性" },
    help: {
      en: "Its name as conditions and messages use it, like favourite_store.",
      "zh-CN": "条件和消息中使用的名称，例如 favourite_store。",
    },
  }),
  change: field(AttributeChange, { field: "change", label: { en: "Becomes", "zh-CN": "变为" } }),
});
type Config = z.infer<typeof Config>;

export const setAttribute: NodeKind<Config> = {
  family: "action",
  icon: "attribute",
  name: { en: "Set an attribute", "zh-CN": "设置属性" },
  about: {
    en: "Writes a value on the member: fixed, from the starting event, counted up, or cleared.",
    "zh-CN": "为会员写入属性：固定值、取自触发事件、累加，或清除。",
  },
  config: Config,
  initial: { attribute: "campaign", change: { is: "add", by: 1 } },
  blank: { attribute: "", change: { is: "value", value: "" } },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: ({ attribute, change }) => {
    const values = { name: { as: "text", text: attribute } } as const;
    switch (change.is) {
      case "value":
        return {
          text: { en: "Set {name} to {value}", "zh-CN": "将 {name} 设为 {value}" },
          values: { ...values, value: { as: "text", text: String(change.value) } },
        };
      case "event":
        return {
          text: { en: "Set {name} from the event’s {value}", "zh-CN": "将 {name} 设为事件的 {value}" },
          values: { ...values, value: { as: "text", text: change.property } },
        };
      case "add":
        return {
          text:
            change.by < 0
              ? { en: "Take {value} off {name}", "zh-CN": "{name} 减 {value}" }
              : { en: "Add {value} to {name}", "zh-CN": "{name} 加 {value}" },
          values: { ...values, value: { as: "text", text: String(Math.abs(change.by)) } },
        };
      case "unset":
        return { text: { en: "Clear {name}", "zh-CN": "清除 {name}" }, values };
      default:
        return change satisfies never;
    }
  },
  compile: ({ attribute, change }) => ({
    start: {
      op: "apply",
      effects: [{ type: "setAttribute", attribute, change }],
      done: { port: "next" },
      refused: {},
    },
  }),
};
