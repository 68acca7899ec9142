import { z } from "zod";
import { ANY, isAlways } from "../../rules/rule";
import { Rule } from "../../rules/schema";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";
import { IsoDuration } from "../parts/iso-duration";
import type { Problem } from "../problem";

const Config = z.strictObject({
  when: field(Rule, {
    field: "rule",
    judges: "none",
    label: { en: "Until", "zh-CN": "直到" },
    help: {
      en: "Looked at when the member comes here, whenever anything happens to them, and when time alone can make it true.",
      "zh-CN": "会员到达时判断一次；之后会员每有变化、或条件可能随时间自行成立时，都会重新判断。",
    },
  }),
  within: field(IsoDuration, { field: "duration", label: { en: "At most", "zh-CN": "最多等待" } }),
});
type Config = z.infer<typeof Config>;

export const waitUntil: NodeKind<Config> = {
  family: "wait",
  icon: "check",
  name: { en: "Wait until", "zh-CN": "等到条件成立" },
  about: {
    en: "Waits until a condition holds, or until the time is up; one that holds already is passed at once.",
    "zh-CN": "等到条件成立，或等到超时；条件已成立则立即通过。",
  },
  config: Config,
  initial: { when: ANY, within: "P7D" },
  ports: () => [
    { id: "holds", name: { en: "holds", "zh-CN": "成立" }, tone: "yes" },
    { id: "timeout", name: { en: "time is up", "zh-CN": "超时" }, tone: "late" },
  ],
  says: ({ when, within }) => ({
    text: { en: "Wait until {rule}, at most {duration}", "zh-CN": "等到{rule}，最多{duration}" },
    values: { rule: { as: "rule", rule: when }, duration: { as: "duration", duration: within } },
  }),
  problems: problemsOfRule,
  compile: ({ when, within }) => ({
    start: {
      op: "wait",
      first: [
        { holds: when, go: { port: "holds" } },
        { until: { after: within }, go: { port: "timeout" } },
      ],
    },
  }),
};

function problemsOfRule({ when }: Config, _draft: unknown, node: string): Problem[] {
  if (!isAlways(when)) return [];
  return [
    {
      code: "condition_empty",
      severity: "warning",
      node,
      path: ["when"],
      says: { en: "Without a condition nobody waits here.", "zh-CN": "没有设置条件，会员不会在此等待。" },
    },
  ];
}
