import { z } from "zod";
import { JOURNEY_START } from "../../plan/control";
import { ANY, isAlways } from "../../rules/rule";
import type { NodeKind } from "../kind";
import { onlyIf } from "../parts/only-if";

const Config = z.strictObject({
  when: onlyIf,
});
type Config = z.infer<typeof Config>;

export const onCall: NodeKind<Config> = {
  family: "trigger",
  icon: "plug",
  name: { en: "When called", "zh-CN": "被调用时" },
  about: {
    en: "A member enters by an API call, or when another journey starts this one.",
    "zh-CN": "通过 API 调用，或由另一个旅程启动时，会员进入。",
  },
  config: Config,
  initial: { when: ANY },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: ({ when }) => ({
    text: isAlways(when)
      ? { en: "When the API or another journey calls", "zh-CN": "被 API 或其他旅程调用时" }
      : { en: "When the API or another journey calls, if {rule}", "zh-CN": "被 API 或其他旅程调用，且{rule}" },
    values: { rule: { as: "rule", rule: when } },
  }),
  entry: ({ when }) => ({ on: "call", event: JOURNEY_START, when }),
};
