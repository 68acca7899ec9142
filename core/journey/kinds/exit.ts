import { z } from "zod";
import type { NodeKind } from "../kind";

const Config = z.strictObject({});
type Config = z.infer<typeof Config>;

export const exit: NodeKind<Config> = {
  family: "end",
  icon: "door",
  name: { en: "Exit", "zh-CN": "退出" },
  about: { en: "The run ends here without a conversion.", "zh-CN": "运行在此结束，不计转化。" },
  config: Config,
  initial: {},
  ports: () => [],
  says: () => ({ text: { en: "Leaves the journey", "zh-CN": "离开旅程" }, values: {} }),
  compile: () => ({ start: { op: "end", as: "exit" } }),
};
