import type { Text } from "@/core/text";
import { sql } from "@/platform/db";

/** What became of the run of a task that is no longer needed. */
export type Left = keyof typeof NO_LONGER;

/** In words, as the task's page tells it. */
export const NO_LONGER = {
  moved: {
    en: "the member was moved to another step",
    "zh-CN": "该会员已被移到其他步骤",
  },
  published: {
    en: "a new version of the journey took the member from this step",
    "zh-CN": "旅程的新版本已让该会员离开此步骤",
  },
  taken_out: {
    en: "the member was taken out of the journey",
    "zh-CN": "该会员已被移出旅程",
  },
  stopped: { en: "the journey was stopped", "zh-CN": "旅程已停止" },
  goal: {
    en: "the member reached the journey's goal",
    "zh-CN": "该会员已达成旅程目标",
  },
  left: { en: "the member left the journey", "zh-CN": "该会员已退出旅程" },
  gone_on: { en: "the journey has gone on without it", "zh-CN": "旅程已继续进行" },
} satisfies Record<string, Text>;

/** For whoever still tries to close it. */
export const noLonger = (left: Left): Text => ({
  en: `it is no longer needed: ${NO_LONGER[left].en}`,
  "zh-CN": `不再需要：${NO_LONGER[left]["zh-CN"]}`,
});

/**
 * Why `t` was cancelled, over its run `r`; null of any other. What was done to a run from outside and what that did to its tasks bear the same instant; where
 * nothing was done to it then, the run itself reached its goal, left, or went on.
 */
export const WHY_CANCELLED = sql`
  CASE WHEN t.state = 'cancelled' THEN coalesce(
    (SELECT CASE h.did WHEN 'move' THEN 'moved' WHEN 'publish' THEN 'published' WHEN 'exit' THEN 'taken_out' WHEN 'stop' THEN 'stopped' END
     FROM handling h WHERE h.workspace_id = t.workspace_id AND h.run_id = t.run_id AND h.at = t.closed_at ORDER BY h.id DESC LIMIT 1),
    CASE WHEN r.ended_at <= t.closed_at AND r.state = 'goal' THEN 'goal' WHEN r.ended_at <= t.closed_at THEN 'left' ELSE 'gone_on' END) END`;
