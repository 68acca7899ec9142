import { z } from "zod";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";
import { PortId } from "../parts/port-id";

export const Variant = z.strictObject({
  id: PortId,
  name: z.string().trim().min(1, "name the variant").max(40),
  /** Its share of all weights; 0: nobody new, who had it keeps it. */
  weight: z.int().min(0).max(1000),
});

const Config = z.strictObject({
  variants: field(
    z
      .array(Variant)
      .min(2, "needs at least two variants")
      .max(10)
      .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, "two variants share an id")
      .refine((all) => all.some(({ weight }) => weight > 0), "needs a variant with a share"),
    {
      field: "variants",
      label: { en: "Variants", "zh-CN": "版本" },
      help: {
        en: "Drawn once a member: whoever had a variant keeps it, over edits and every return. A copied step draws anew.",
        "zh-CN": "每位会员只分配一次：之后编辑旅程或再次进入都保持不变；复制出的步骤会重新分配。",
      },
    },
  ),
});
type Config = z.infer<typeof Config>;

/** The experiment is this node's: `compile` names it by the journey and the node. */
export const split: NodeKind<Config> = {
  family: "condition",
  icon: "split",
  name: { en: "A/B test", "zh-CN": "A/B 测试" },
  about: {
    en: "Divides members at random by weight, each for good, so that ways can be compared.",
    "zh-CN": "按权重随机分流，每位会员固定走一条路，便于比较效果。",
  },
  config: Config,
  initial: {
    variants: [
      { id: "a", name: "A", weight: 50 },
      { id: "b", name: "B", weight: 50 },
    ],
  },
  ports: ({ variants }) => variants.map(({ id, name }) => ({ id, name: { en: name, "zh-CN": name } })),
  says: ({ variants }) => ({
    text: { en: "Divide: {shares}", "zh-CN": "分流：{shares}" },
    values: { shares: { as: "text", text: sharesOf(variants) } },
  }),
  compile: ({ variants }) => ({
    start: { op: "split", experiment: "", shares: variants.map(({ id, weight }) => ({ weight, go: { port: id } })) },
  }),
};

function sharesOf(variants: Config["variants"]): string {
  const all = variants.reduce((sum, { weight }) => sum + weight, 0);
  return variants
    .map(({ name, weight }) => `${name}\u00a0${all > 0 ? Math.round((weight / all) * 100) : 0}%`)
    .join(" · ");
}
