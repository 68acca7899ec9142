import { z } from "zod";
import { ANY, isAlways } from "../../rules/rule";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";
import { onlyIf } from "../parts/only-if";

const Config = z.strictObject({
  segment: field(z.union([z.uuid("choose a segment"), z.literal("")]), {
    field: "segment",
    label: { en: "Segment", "zh-CN": "分群" },
  }),
  change: field(z.enum(["entered", "left"]), {
    field: "choice",
    label: { en: "When a member", "zh-CN": "当会员" },
    options: [
      { value: "entered", label: { en: "enters it", "zh-CN": "进入分群" } },
      { value: "left", label: { en: "leaves it", "zh-CN": "离开分群" } },
    ],
  }),
  when: onlyIf,
});
type Config = z.infer<typeof Config>;

export const onSegment: NodeKind<Config> = {
  family: "trigger",
  icon: "segment",
  name: { en: "Segment entered or left", "zh-CN": "进出分群" },
  about: {
    en: "A member enters when they come into a segment, or leave it.",
    "zh-CN": "会员进入或离开某个分群时，进入旅程。",
  },
  config: Config,
  initial: { segment: "", change: "entered", when: ANY },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: ({ segment, change, when }) => ({
    text:
      change === "entered"
        ? isAlways(when)
          ? { en: "When a member enters {segment}", "zh-CN": "会员进入{segment}时" }
          : { en: "When a member enters {segment} and {rule}", "zh-CN": "会员进入{segment}，且{rule}时" }
        : isAlways(when)
          ? { en: "When a member leaves {segment}", "zh-CN": "会员离开{segment}时" }
          : { en: "When a member leaves {segment} and {rule}", "zh-CN": "会员离开{segment}，且{rule}时" },
    values: { segment: { as: "segment", segment }, rule: { as: "rule", rule: when } },
  }),
  problems: ({ segment }, _, node) =>
    segment === ""
      ? [
          {
            code: "segment_unchosen",
            severity: "error",
            node,
            path: ["segment"],
            says: { en: "No segment is chosen: nobody would enter.", "zh-CN": "尚未选择分群，不会有人进入。" },
          },
        ]
      : [],
  entry: ({ segment, change, when }) => ({ on: "segment", segment, change, event: `segment_${change}`, when }),
};
