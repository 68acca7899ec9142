import { z } from "zod";
import { ANY } from "../../rules/rule";
import { neverComes, readCron } from "../../time/cron";
import { TimeZone } from "../../workspace/settings";
import type { NodeKind } from "../kind";
import { audienceFields, audienceOf, audienceProblems, audienceSays } from "../parts/audience";
import { field } from "../parts/field";
import type { Problem } from "../problem";

const Config = z.strictObject({
  cron: field(
    z
      .string()
      .refine((text) => readCron(text) !== undefined, "five fields like 0 10 * * 1: minute, hour, day, month, weekday"),
    { field: "cron", label: { en: "Schedule", "zh-CN": "周期" } },
  ),
  zone: field(z.union([z.literal(""), TimeZone]), {
    field: "zone",
    label: { en: "Time zone", "zh-CN": "时区" },
    help: { en: "Like Asia/Shanghai. Empty = the workspace's.", "zh-CN": "例如 Asia/Shanghai；留空用工作区时区。" },
  }),
  ...audienceFields,
});
type Config = z.infer<typeof Config>;

export const onSchedule: NodeKind<Config> = {
  family: "trigger",
  icon: "repeat",
  name: { en: "On a schedule", "zh-CN": "定期触发" },
  about: {
    en: "Everyone in an audience enters each time a schedule comes, at a steady rate.",
    "zh-CN": "每到设定的时间，目标人群匀速进入。",
  },
  config: Config,
  initial: { cron: "0 10 * * 1", zone: "", segment: "", when: ANY, perMinute: 0 },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: (config) => {
    const { whom, values } = audienceSays(config);
    return {
      text: { en: `To ${whom.en}, each time {cron} comes`, "zh-CN": `按 {cron} 发给${whom["zh-CN"]}` },
      values: { ...values, cron: { as: "text", text: config.cron } },
      needsKind: true,
    };
  },
  problems: (config, _, node) => [...cronProblems(config, node), ...audienceProblems(config, node)],
  entry: ({ cron, zone, ...audience }) => ({
    on: "schedule",
    event: "scheduled",
    cron,
    ...audienceOf(audience),
    ...(zone && { zone }),
  }),
};

function cronProblems({ cron }: Config, node: string): Problem[] {
  const read = readCron(cron);
  if (!read || !neverComes(read)) return [];
  const says = {
    en: `“${cron}” never comes: none of its months has such a day. Choose a day that one of them has, like 28.`,
    "zh-CN": `“${cron}”永远不会到来：所选月份都没有这一天。请选择其中某个月有的日期，例如 28。`,
  };
  return [{ code: "schedule_never", severity: "error", node, path: ["cron"], says }];
}
