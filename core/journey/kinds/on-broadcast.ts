import { z } from "zod";
import { ANY } from "../../rules/rule";
import type { NodeKind } from "../kind";
import { audienceFields, audienceOf, audienceProblems, audienceSays } from "../parts/audience";
import { field } from "../parts/field";
import { LocalMoment } from "../parts/local-time";

const Config = z.strictObject({
  at: field(z.union([z.literal(""), LocalMoment]), {
    field: "moment",
    label: { en: "When", "zh-CN": "发送时间" },
    help: {
      en: "On the workspace's clocks. Empty = as soon as it is published.",
      "zh-CN": "按工作区时区；留空表示发布后立即发送。",
    },
  }),
  ...audienceFields,
});
type Config = z.infer<typeof Config>;

export const onBroadcast: NodeKind<Config> = {
  family: "trigger",
  icon: "megaphone",
  name: { en: "Broadcast", "zh-CN": "群发" },
  about: {
    en: "Everyone in an audience enters once, now or at a time, at a steady rate.",
    "zh-CN": "目标人群在发布后或指定时间匀速进入一次。",
  },
  config: Config,
  initial: { at: "", segment: "", when: ANY, perMinute: 0 },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: (config) => {
    const { whom, values } = audienceSays(config);
    return {
      text: config.at
        ? { en: `To ${whom.en}, on {at}`, "zh-CN": `{at} 发给${whom["zh-CN"]}` }
        : { en: `To ${whom.en}, when published`, "zh-CN": `发布后发给${whom["zh-CN"]}` },
      values: { ...values, at: { as: "text", text: config.at.replace("T", " ") } },
      needsKind: true,
    };
  },
  problems: (config, _, node) => audienceProblems(config, node),
  entry: ({ at, ...audience }) => ({ on: "broadcast", event: "broadcast", ...audienceOf(audience), ...(at && { at }) }),
};
