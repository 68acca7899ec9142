import { z } from "zod";
import type { NodeKind } from "../kind";
import { End } from "../parts/end";
import { field } from "../parts/field";
import { TierId } from "../parts/tier-id";

const Config = z.strictObject({
  tier: field(TierId, { field: "tier", label: { en: "New tier", "zh-CN": "新等级" } }),
  reason: field(z.string().trim().min(1, "say why").max(200), {
    field: "text",
    label: { en: "Reason", "zh-CN": "原因" },
    help: { en: "Kept with the change, for the member’s history.", "zh-CN": "随变更保存在会员的等级记录中。" },
  }),
  end: field(End, {
    field: "end",
    label: { en: "Stays", "zh-CN": "有效期" },
    help: { en: "Afterwards the tier before comes back.", "zh-CN": "到期后恢复为之前的等级。" },
  }),
});
type Config = z.infer<typeof Config>;

export const changeTier: NodeKind<Config> = {
  family: "action",
  icon: "tier",
  name: { en: "Change tier", "zh-CN": "变更等级" },
  about: {
    en: "Moves the member to a tier, for good or for a time, and keeps the reason.",
    "zh-CN": "将会员调整到指定等级，可长期或限时，并记录原因。",
  },
  config: Config,
  initial: { tier: "gold", reason: "campaign", end: { is: "open" } },
  blank: { tier: "", reason: "" },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: ({ tier, end }) => {
    const values = { tier: { as: "tier", tier } } as const;
    const needsKind = true;
    switch (end.is) {
      case "open":
        return { text: { en: "To {tier}", "zh-CN": "调整为{tier}" }, values, needsKind };
      case "after":
        return {
          text: { en: "To {tier} for {length}", "zh-CN": "调整为{tier}，为期{length}" },
          values: { ...values, length: { as: "duration", duration: end.duration } },
          needsKind,
        };
      case "on":
        return {
          text: { en: "To {tier} until {day}", "zh-CN": "调整为{tier}，至 {day}" },
          values: { ...values, day: { as: "text", text: end.day } },
          needsKind,
        };
      default:
        return end satisfies never;
    }
  },
  compile: ({ tier, reason, end }) => ({
    start: {
      op: "apply",
      effects: [{ type: "changeTier", tier, reason, end }],
      done: { port: "next" },
      refused: {},
    },
  }),
};
