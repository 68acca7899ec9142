import type { JourneyId, MemberId, WorkspaceId } from "@/core/ids";
import type { Silence, TimedEntry } from "@/core/plan/entry";
import { lastDone, lastFallen, type Memory, NOTHING, nextEntry, wasBefore, wasTold } from "@/core/plan/timed";
import type { Facts } from "@/core/rules/facts";
import type { Locale, Text } from "@/core/text";
import { dayAt } from "@/core/time/moment";
import { sql, type Tx } from "@/platform/db";
import type { Veil } from "../../runs/veil";

/** What these journeys remember of a member's dates and silences. By the primary key; a journey without a row is absent. */
export async function memoriesOf(
  tx: Tx,
  workspace: WorkspaceId,
  member: MemberId,
  journeys: readonly string[],
): Promise<Map<string, Memory>> {
  if (journeys.length === 0) return new Map();
  const rows = await tx.rows<Memory & { journey: JourneyId }>(sql`
    SELECT journey_id AS journey, done, day, edited, told, before FROM due
    WHERE workspace_id = ${workspace} AND journey_id = ANY(${[...journeys]}::uuid[]) AND member_id = ${member}`);
  return new Map(rows.map(({ journey, ...memory }) => [journey, memory]));
}

/** What a journey that the clock starts remembers of a member, whether it is paused, and what the reader may not see. */
type Ahead = { memory: Memory | undefined; isPaused: boolean; veil: Veil };

/** When a journey that the clock starts can next take a member, and what that counts from; the rule is judged when the day comes. */
export function aheadInWords(entry: TimedEntry, facts: Facts, { memory = NOTHING, isPaused, veil }: Ahead): Text {
  // Whose birthday it is, or when they came last, the instant tells as well.
  const says = veil.has("member.read") ? NOT_SHOWN : inWords(entry, facts, memory);
  return isPaused ? after(says, PAUSED) : says;
}

function inWords(entry: TimedEntry, facts: Facts, memory: Memory): Text {
  const { at } = nextEntry(entry, memory, facts);
  const passed = wasTold(memory) ? "told" : wasBefore(memory) ? "before" : null;
  if (entry.on === "inactivity") return silence(entry, at, facts, passed);
  const says = date(entry, at, facts);
  return passed === "told" ? after(PASSED_AS_TOLD, says) : says;
}

/**
 * When its day last came to the member, who was neither let in nor turned away for it: `last`, the newest instant of either. null: it did not since
 * `from`, or before the journey was published, or the reader may not see when that was.
 */
export function cameInVain(
  entry: TimedEntry,
  facts: Facts,
  { memory = NOTHING, veil, from, last }: Omit<Ahead, "isPaused"> & { from: Date; last: Date | null },
): Date | null {
  const at = veil.has("member.read") || wasBefore(memory) ? null : lastFallen(entry, memory, facts);
  return at !== null && at <= facts.now && at > from.getTime() && (last === null || last.getTime() < at)
    ? new Date(at)
    : null;
}

const NOT_SHOWN: Text = {
  en: "When it comes is not shown: needs the permission member.read.",
  "zh-CN": "不显示何时到来：需要权限 member.read。",
};
const PAUSED: Text = {
  en: "The journey is paused: it lets nobody in until it goes on.",
  "zh-CN": "旅程已暂停：恢复前不让任何会员进入。",
};

const PASSED_AS_TOLD: Text = {
  en: "The last time was over already when an event told the date that is historical, or over 24 hours late; such an event begins nothing.",
  "zh-CN": "得知该日期时上一次已经过去：告知它的是历史事件，或迟到超过 24 小时的事件；这样的事件不触发旅程。",
};

function silence(
  { of, days }: Extract<TimedEntry, { on: "inactivity" }>,
  at: number | null,
  facts: Facts,
  passed: "told" | "before" | null,
): Text {
  const last = lastDone(of, facts.member);
  const [joined, done] = [instant(facts.member.joinedAt, facts), last === null ? null : instant(last, facts)];
  const { en, zh } = DONE[of];
  const since: Text = done
    ? { en: `Last ${en}: ${done.en}.`, "zh-CN": `上次${zh}：${done["zh-CN"]}。` }
    : { en: `No ${en} so far; joined ${joined.en}.`, "zh-CN": `还没有${zh}；${joined["zh-CN"]}成为会员。` };
  if (at === null && passed === "before")
    return after(since, {
      en: `${days === 1 ? "This day was" : `These ${days} days were`} over already when the journey was published, and it was to let in only those for whom ${days === 1 ? "it is" : "they are"} over from then on. ${days === 1 ? "It begins" : "They begin"} again with the next ${en}.`,
      "zh-CN": `旅程发布时这 ${days} 天已满，而旅程只接收此后才满的会员。下次${zh}后重新计算。`,
    });
  if (at === null && passed === "told")
    return after(since, {
      en: `${days === 1 ? "This day was" : `These ${days} days were`} over already when an event told of it that is historical, or over 24 hours late; such an event begins nothing. ${days === 1 ? "It begins" : "They begin"} again with the next ${en}.`,
      "zh-CN": `得知时这 ${days} 天已满：告知它的是历史事件，或迟到超过 24 小时的事件；这样的事件不触发旅程。下次${zh}后重新计算。`,
    });
  if (at === null)
    return after(since, {
      en: `${days === 1 ? "This day was" : `These ${days} days were`} counted already: ${days === 1 ? "it begins" : "they begin"} again with the next ${en}.`,
      "zh-CN": `这 ${days} 天已经计过：下次${zh}后重新计算。`,
    });
  if (at <= facts.now)
    return after(since, {
      en: `The ${days === 1 ? "day is" : `${days} days are`} over; it is to be judged.`,
      "zh-CN": `已满 ${days} 天，等待判断。`,
    });
  const next = instant(at, facts);
  return after(since, {
    en: `Enters ${next.en} at the earliest, if there is none before.`,
    "zh-CN": `若此前没有${zh}，最早于${next["zh-CN"]}进入。`,
  });
}

function date(entry: Extract<TimedEntry, { on: "date" }>, at: number | null, facts: Facts): Text {
  if ("field" in entry.date && dayAt(entry.date.field, facts) === null)
    return { en: "The member's date is not known.", "zh-CN": "该会员没有填写这个日期。" };
  if (at === null) return { en: "The date has passed, and does not return.", "zh-CN": "日期已过，不会再来。" };
  if (at <= facts.now) return { en: "The day has come; it is to be judged.", "zh-CN": "日期已到，等待判断。" };
  const next = instant(at, facts);
  return { en: `Enters ${next.en} at the earliest.`, "zh-CN": `最早于${next["zh-CN"]}进入。` };
}

const DONE: Record<Silence, { en: string; zh: string }> = {
  visit: { en: "visit", zh: "到店" },
  purchase: { en: "purchase", zh: "购买" },
  activity: { en: "activity", zh: "活动" },
};

const after = (one: Text, other: Text): Text => ({
  en: `${one.en} ${other.en}`,
  "zh-CN": `${one["zh-CN"]}${other["zh-CN"]}`,
});

/** On the clocks that the journey goes by for this member. */
const instant = (at: number, { zone }: Facts): Text => {
  const said = (locale: Locale) =>
    new Intl.DateTimeFormat(locale, {
      dateStyle: "medium",
      timeStyle: "short",
      hourCycle: "h23",
      timeZone: zone,
    }).format(at);
  return { en: said("en"), "zh-CN": said("zh-CN") };
};
