import { z } from "zod";
import type { NodeKind } from "../kind";

const Config = z.strictObject({});
type Config = z.infer<typeof Config>;

export const goal: NodeKind<Config> = {
  family: "end",
  icon: "flag",
  name: { en: "Goal reached", "zh-CN": "达成目标" },
  about: {
    en: "The run ends here as a success and is counted as a conversion.",
    "zh-CN": "运行在此成功结束，并计为一次转化。",
  },
  config: Config,
  initial: {},
  ports: () => [],
  says: () => ({ text: { en: "Ends as a conversion", "zh-CN": "以转化结束" }, values: {} }),
  compile: () => ({ start: { op: "end", as: "goal" } }),
};
