import { JOURNEY_START, JOURNEY_STOP, MEMBER_MERGED } from "../plan/control";
import type { Text } from "../text";

/**
 * What the events are called that no sender and no ledger tells: a clock, a broadcast, another journey or a person makes them, to begin or end runs.
 * They are no part of the catalogue, as no rule waits for them. A trigger's event belongs here or there.
 */
const OWN_NAMES: Record<string, Text> = {
  date_reached: { en: "Date reached", "zh-CN": "日期已到" },
  holiday: { en: "Holiday", "zh-CN": "节日" },
  member_day: { en: "Member day", "zh-CN": "会员日" },
  inactive: { en: "Inactive for a while", "zh-CN": "沉默一段时间" },
  scheduled: { en: "Scheduled time", "zh-CN": "定时触发" },
  broadcast: { en: "Broadcast", "zh-CN": "群发" },
  [JOURNEY_START]: { en: "Started by a call or another journey", "zh-CN": "由接口或其他旅程启动" },
  [JOURNEY_STOP]: { en: "Stopped by another journey", "zh-CN": "由其他旅程停止" },
  [MEMBER_MERGED]: { en: "Members merged", "zh-CN": "会员合并" },
};

export const ownName = (event: string): Text | undefined =>
  Object.hasOwn(OWN_NAMES, event) ? OWN_NAMES[event] : undefined;
