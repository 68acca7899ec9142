import { z } from "zod";
import type { NodeKind } from "../kind";
import { durationPart } from "../parts/waits/duration";

const Config = z.strictObject(durationPart.fields);
type Config = z.infer<typeof Config>;

export const delay: NodeKind<Config> = {
  family: "wait",
  icon: "clock",
  name: { en: "Delay", "zh-CN": "延时" },
  about: { en: "Waits for a length of time, then goes on.", "zh-CN": "等待一段时间后继续。" },
  config: Config,
  initial: durationPart.initial,
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: (config) => ({
    text: { en: "Wait {duration}", "zh-CN": "等待{duration}" },
    values: { duration: { as: "duration", duration: config.for } },
  }),
  compile: (config) => ({ start: { op: "wait", first: [durationPart.opens(config, { port: "next" })] } }),
};
