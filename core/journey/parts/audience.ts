import { z } from "zod";
import type { Audience } from "../../plan/entry";
import { isAlways, type Rule as RuleType } from "../../rules/rule";
import { toSql } from "../../rules/to-sql";
import type { Text } from "../../text";
import type { Value } from "../kind";
import type { Problem } from "../problem";
import { field } from "./field";
import { onlyIf } from "./only-if";

/** Whom a broadcast or a schedule reaches, as their configs hold it. */
export const audienceFields = {
  segment: field(z.union([z.literal(""), z.uuid("choose a segment")]), {
    field: "segment",
    label: { en: "Segment", "zh-CN": "分群" },
    help: { en: "Empty = all members.", "zh-CN": "留空表示所有会员。" },
  }),
  when: onlyIf,
  perMinute: field(z.int().min(0).max(1_000_000), {
    field: "number",
    label: { en: "Members a minute", "zh-CN": "每分钟人数" },
    help: {
      en: "A steady rate. 0 = as fast as real-time work allows.",
      "zh-CN": "匀速进入；0 表示在不影响实时消息的前提下尽快。",
    },
  }),
};
type Config = { segment: string; when: RuleType; perMinute: number };

export const audienceOf = ({ segment, when, perMinute }: Config): Audience & { when: RuleType } => ({
  when,
  ...(segment && { segment }),
  ...(perMinute > 0 && { perMinute }),
});

export const audienceSays = ({ segment, when }: Config): { whom: Text; values: Record<string, Value> } => ({
  whom: {
    en: `${segment ? "{segment}" : "all members"}${isAlways(when) ? "" : " if {rule}"}`,
    "zh-CN": `${segment ? "{segment}" : "所有会员"}${isAlways(when) ? "" : "（{rule}）"}`,
  },
  values: { segment: { as: "segment", segment }, rule: { as: "rule", rule: when } },
});

/** An audience is found by the database: its rule can read members only. */
export function audienceProblems({ when }: Config, node: string): Problem[] {
  const read = toSql(when, { workspace: "", asOf: 0, zone: "UTC" });
  return read.ok
    ? []
    : [
        {
          code: "audience_unreadable",
          severity: "error",
          node,
          path: ["when"],
          says: {
            en: `An audience is chosen by what members are; it cannot ask for “${read.field}”.`,
            "zh-CN": `人群只能按会员信息筛选，不能使用“${read.field}”。`,
          },
        },
      ];
}
