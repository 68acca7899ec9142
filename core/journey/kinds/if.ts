import { z } from "zod";
import { ANY, isAlways } from "../../rules/rule";
import { Rule } from "../../rules/schema";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";

const Config = z.strictObject({
  when: field(Rule, {
    field: "rule",
    judges: "none",
    label: { en: "Condition", "zh-CN": "条件" },
    help: {
      en: "About the member, the event that started the run, or a coupon issued in it.",
      "zh-CN": "针对会员、触发本次旅程的事件，或本次旅程发放的优惠券。",
    },
  }),
});
type Config = z.infer<typeof Config>;

/** Named so because `if` is a word of the language. */
export const ifNode: NodeKind<Config> = {
  family: "condition",
  icon: "fork",
  name: { en: "If", "zh-CN": "条件判断" },
  about: { en: "Two ways on: the condition holds, or it does not.", "zh-CN": "根据条件是否成立，走两条不同的路。" },
  config: Config,
  initial: { when: ANY },
  ports: () => [
    { id: "yes", name: { en: "yes", "zh-CN": "是" }, tone: "yes" },
    { id: "no", name: { en: "no", "zh-CN": "否" }, tone: "no" },
  ],
  says: ({ when }) => ({
    text: isAlways(when)
      ? { en: "If a condition holds (none is set yet)", "zh-CN": "如果条件成立（尚未设置条件）" }
      : { en: "If {rule}", "zh-CN": "如果{rule}" },
    values: { rule: { as: "rule", rule: when } },
  }),
  problems: ({ when }, _draft, node) =>
    isAlways(when)
      ? [
          {
            code: "condition_empty",
            severity: "warning",
            node,
            path: ["when"],
            says: {
              en: "Without a condition everyone takes the way of yes.",
              "zh-CN": "没有设置条件，所有人都会走“是”。",
            },
          },
        ]
      : [],
  compile: ({ when }) => ({
    start: { op: "choose", cases: [{ when, go: { port: "yes" } }], otherwise: { port: "no" } },
  }),
};
