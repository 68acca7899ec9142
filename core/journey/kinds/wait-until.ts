import { z } from "zod";
import { isAlways } from "../../rules/rule";
import type { NodeKind } from "../kind";
import { atMost } from "../parts/waits/at-most";
import { conditionPart } from "../parts/waits/condition";

const Config = z.strictObject({ ...conditionPart.fields, within: atMost });
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
  initial: { ...conditionPart.initial, within: "P7D" },
  ports: () => [
    { id: "holds", name: { en: "holds", "zh-CN": "成立" }, tone: "yes" },
    { id: "timeout", name: { en: "time is up", "zh-CN": "超时" }, tone: "late" },
  ],
  says: ({ when, within }) => ({
    text: isAlways(when)
      ? { en: "Wait until a condition holds (none is set yet)", "zh-CN": "等到条件成立（尚未设置条件）" }
      : { en: "Wait until {rule}, at most {duration}", "zh-CN": "等到{rule}，最多{duration}" },
    values: { rule: { as: "rule", rule: when }, duration: { as: "duration", duration: within } },
  }),
  problems: (config, document, node) => conditionPart.problems(config, { document, node, path: [] }),
  compile: (config) => ({
    start: {
      op: "wait",
      first: [
        conditionPart.opens(config, { port: "holds" }),
        { until: { after: config.within }, go: { port: "timeout" } },
      ],
    },
  }),
};
