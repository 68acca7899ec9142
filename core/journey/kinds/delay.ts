import { z } from "zod";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";
import { IsoDuration } from "../parts/iso-duration";

const Config = z.strictObject({
  for: field(IsoDuration, {
    field: "duration",
    label: { en: "How long", "zh-CN": "等待多久" },
    help: {
      en: "Days are calendar days in the member's zone: three days later at the same time.",
      "zh-CN": "天数按会员所在时区的日历计算：三天后的同一时刻。",
    },
  }),
});
type Config = z.infer<typeof Config>;

export const delay: NodeKind<Config> = {
  family: "wait",
  icon: "clock",
  name: { en: "Delay", "zh-CN": "延时" },
  about: { en: "Waits for a length of time, then goes on.", "zh-CN": "等待一段时间后继续。" },
  config: Config,
  initial: { for: "P1D" },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: (config) => ({
    text: { en: "Wait {duration}", "zh-CN": "等待{duration}" },
    values: { duration: { as: "duration", duration: config.for } },
  }),
  compile: (config) => ({ start: { op: "wait", first: [{ until: { after: config.for }, go: { port: "next" } }] } }),
};
