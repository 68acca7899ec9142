import { z } from "zod";
import { Rule } from "../../rules/schema";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";
import { PortId } from "../parts/port-id";

const OTHERWISE = "otherwise";

export const SwitchCase = z.strictObject({
  id: PortId.refine((id) => id !== OTHERWISE, "“otherwise” is the port of those whom no other way takes"),
  name: z.string().trim().min(1, "name the way").max(40),
  when: Rule,
});

const Config = z.strictObject({
  cases: field(
    z
      .array(SwitchCase)
      .min(1, "needs at least one way")
      .max(20)
      .refine((cases) => new Set(cases.map(({ id }) => id)).size === cases.length, "two ways share an id"),
    {
      field: "cases",
      judges: "none",
      label: { en: "Cases", "zh-CN": "分支" },
      help: {
        en: "Tried from the top; the first that holds is taken.",
        "zh-CN": "从上到下逐一判断，走第一个成立的分支。",
      },
    },
  ),
});
type Config = z.infer<typeof Config>;

export const switchNode: NodeKind<Config> = {
  family: "condition",
  icon: "switch",
  name: { en: "Switch", "zh-CN": "多路分支" },
  about: {
    en: "Several ways on, by tier, category, store or value; the first whose condition holds is taken.",
    "zh-CN": "按等级、品类、门店或金额分成多条路，走第一个成立的分支。",
  },
  config: Config,
  initial: {
    cases: [
      { id: "gold", name: "Gold · 金卡", when: { field: "member.tier", is: "eq", value: "gold" } },
      { id: "silver", name: "Silver · 银卡", when: { field: "member.tier", is: "eq", value: "silver" } },
    ],
  },
  ports: ({ cases }) => [
    ...cases.map(({ id, name }) => ({ id, name: { en: name, "zh-CN": name } })),
    { id: OTHERWISE, name: { en: "otherwise", "zh-CN": "其他" }, tone: "no" as const },
  ],
  says: ({ cases }) => ({
    text: { en: "{count} ways: {names}", "zh-CN": "{count} 个分支：{names}" },
    values: {
      count: { as: "count", count: cases.length },
      names: { as: "text", text: cases.map(({ name }) => name).join(", ") },
    },
    needsKind: true,
  }),
  compile: ({ cases }) => ({
    start: {
      op: "choose",
      cases: cases.map(({ id, when }) => ({ when, go: { port: id } })),
      otherwise: { port: OTHERWISE },
    },
  }),
};
