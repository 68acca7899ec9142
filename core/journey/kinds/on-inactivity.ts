import { z } from "zod";
import type { Silence } from "../../plan/entry";
import type { Plan } from "../../plan/plan";
import { ANY, isAlways, type Rule as RuleType } from "../../rules/rule";
import type { Text } from "../../text";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";
import { onlyIf } from "../parts/only-if";

const Config = z.strictObject({
  of: field(z.enum(["visit", "purchase", "activity"]), {
    field: "choice",
    label: { en: "Without", "zh-CN": "没有" },
    options: [
      { value: "visit", label: { en: "a visit", "zh-CN": "到店" } },
      { value: "purchase", label: { en: "a purchase", "zh-CN": "购买" } },
      { value: "activity", label: { en: "any activity", "zh-CN": "任何活动" } },
    ],
  }),
  days: field(z.int().min(1).max(3650), {
    field: "number",
    label: { en: "For how many days", "zh-CN": "持续天数" },
    help: {
      en: "Counted from the last one; from joining for those who never had one. Once per spell; the member leaves as soon as it ends.",
      "zh-CN": "从最近一次算起；从未有过的从入会算起。每次沉默期只进入一次，一旦恢复立即离开旅程。",
    },
  }),
  when: onlyIf,
});
type Config = z.infer<typeof Config>;

const WITHOUT: Record<Silence, Text> = {
  visit: { en: "no visit", "zh-CN": "未到店" },
  purchase: { en: "no purchase", "zh-CN": "未购买" },
  activity: { en: "no activity", "zh-CN": "无活动" },
};

/** What ends the silence: the events that can, and the member's own mark that it did. */
const ENDS: Record<Silence, { field: string; on: (string | undefined)[] }> = {
  visit: { field: "member.last_visit_at", on: ["store_visit", "check_in", "order_paid"] },
  purchase: { field: "member.last_order_at", on: ["order_paid"] },
  activity: { field: "member.last_seen_at", on: [undefined] },
};

export const onInactivity: NodeKind<Config> = {
  family: "trigger",
  icon: "inactive",
  name: { en: "Inactive for a while", "zh-CN": "沉默触发" },
  about: {
    en: "A member enters after days without a visit, a purchase or any activity, and leaves when they come back.",
    "zh-CN": "会员若干天未到店、未购买或无活动时进入；一旦回来立即离开。",
  },
  config: Config,
  initial: { of: "visit", days: 30, when: ANY },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: ({ of, days, when }) => ({
    text: isAlways(when)
      ? { en: "After {days} days with {of}", "zh-CN": "{days} 天{of}" }
      : { en: "After {days} days with {of}, if {rule}", "zh-CN": "{days} 天{of}，且{rule}" },
    values: {
      days: { as: "count", count: days },
      of: { as: "words", words: WITHOUT[of] },
      rule: { as: "rule", rule: when },
    },
  }),
  entry: ({ of, days, when }) => ({ on: "inactivity", event: "inactive", when, of, days }),
  exits: ({ of }): Plan["exits"] => {
    const when: RuleType = { field: ENDS[of].field, is: "after", value: { field: "entry.since" } };
    return ENDS[of].on.map((on) => (on === undefined ? { when } : { on, when }));
  },
};
