import { DEEPEST, MOST_DEEP } from "@/core/plan/control";
import type { Text } from "@/core/text";

/** What one event, or one look at the member, came to. */
export const OUTCOMES = [
  "entered",
  "held_out",
  "moved",
  "left",
  "reached_goal",
  "missed",
  "late_wait",
  "waiting",
  "paused",
  "stopped",
  "overdue",
  "re_entry",
  "excluded",
  "limit_member",
  "limit_total",
  "limit_daily",
  "limit_live",
  "too_deep",
  "historical",
  "late",
  "of_the_past",
  "told_again",
  "not_ours",
  "before_live",
  "buried",
  "rule_false",
  "rule_true",
  "not_taken",
  "would_hold",
  "not_in_audience",
  "called_off",
  "not_yet",
  "other_event",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const outcomeSays = {
  entered: { en: "Entered.", "zh-CN": "已进入旅程。" },
  held_out: {
    en: "Held out for comparison: the member is only observed, and gets nothing of this journey.",
    "zh-CN": "留作对照：只观察该会员，不会给予此旅程的任何内容。",
  },
  missed: {
    en: "The member's run went on waiting: this did not move it.",
    "zh-CN": "会员的运行继续等待：此事件没有推动它。",
  },
  late_wait: {
    en: "It arrived more than 24 hours after it happened: such an event moves no wait.",
    "zh-CN": "它在发生 24 小时之后才到达：这样的事件不会触发等待。",
  },
  moved: {
    en: "It moved the run that was already on its way; such an event starts no second one.",
    "zh-CN": "它推动了正在进行的运行；这样的事件不会再开始一次。",
  },
  left: {
    en: "It ended the run that was on its way: one of the journey's exits held. Such an event starts no second one.",
    "zh-CN": "它使正在进行的运行结束：旅程的退出条件成立；这样的事件不会再开始一次。",
  },
  reached_goal: {
    en: "It ended the run that was on its way: the goal was reached. Such an event starts no second one.",
    "zh-CN": "它使正在进行的运行结束：目标已达成；这样的事件不会再开始一次。",
  },
  waiting: { en: "It is accepted and about to be judged.", "zh-CN": "已接收，即将判断。" },
  paused: { en: "The journey was paused then.", "zh-CN": "当时旅程已暂停。" },
  stopped: {
    en: "The journey was stopped then: a stopped journey takes nobody in.",
    "zh-CN": "当时旅程已停止：已停止的旅程不接收会员。",
  },
  overdue: {
    en: "Its time was more than a day past when the journey could take it up: it had been paused, or nothing was running.",
    "zh-CN": "旅程能处理时已超过一天：此前旅程处于暂停状态，或系统未在运行。",
  },
  re_entry: {
    en: "The member had entered before, and re-entry was not allowed then.",
    "zh-CN": "会员此前进入过，当时不允许再次进入。",
  },
  excluded: {
    en: "Another journey of the same exclusion group had the member.",
    "zh-CN": "同一互斥组的另一个旅程正占用该会员。",
  },
  limit_member: {
    en: "The member was on the way in this journey as often as it allows.",
    "zh-CN": "该会员在此旅程中的进行次数已达上限。",
  },
  limit_total: { en: "The journey had let in as many as it may.", "zh-CN": "旅程的总进入人数已达上限。" },
  limit_daily: { en: "The journey had let in as many as it may in a day.", "zh-CN": "旅程当天的进入人数已达上限。" },
  limit_live: { en: "As many as may be were on their way.", "zh-CN": "同时进行的人数已达上限。" },
  too_deep: {
    en: `Journeys had led to it ${DEEPEST} times in a row, or had let the member in ${MOST_DEEP} times in a day: such a circle ends here.`,
    "zh-CN": `它已由旅程接连引发 ${DEEPEST} 次，或一天内已让该会员进入 ${MOST_DEEP} 次：循环到此为止。`,
  },
  historical: {
    en: "It was marked as historical: it counts in the member's history and starts nothing.",
    "zh-CN": "它被标记为历史事件：只计入历史，不触发旅程。",
  },
  late: {
    en: "It arrived more than 24 hours after it happened: it counts, and starts nothing.",
    "zh-CN": "它在发生 24 小时之后才到达：计入统计，但不触发旅程。",
  },
  of_the_past: {
    en: "It was over already when an event told of it that is historical, or over 24 hours late: such an event starts nothing.",
    "zh-CN": "得知时已经过去：告知它的是历史事件，或迟到超过 24 小时的事件；这样的事件不触发旅程。",
  },
  told_again: {
    en: "It told again of an order what had been told before: it counts no second time, and starts nothing.",
    "zh-CN": "它重复通知了此前已通知过的订单：不再重复计入，也不触发旅程。",
  },
  not_ours: {
    en: "A sender told it: only the segment itself, or a call of the journey, begins this one, whatever name an event has.",
    "zh-CN": "它由外部发送：无论事件叫什么名称，此旅程只由分群本身的变化或对旅程的调用触发。",
  },
  before_live: { en: "The journey was not published yet.", "zh-CN": "当时旅程尚未发布。" },
  buried: {
    en: "It could not be judged and is among the dead letters, with the reason; it can be replayed there.",
    "zh-CN": "它无法判断，已进入死信并附原因；可在那里重放。",
  },
  rule_false: { en: "The conditions did not hold.", "zh-CN": "条件不成立。" },
  rule_true: {
    en: "The conditions did not hold when it was judged. What is asked of the member has changed since, and is shown as of now.",
    "zh-CN": "判断时条件不成立。会员的情况此后有变化，下面显示的是目前的情况。",
  },
  not_taken: {
    en: "The conditions held, and yet it started nothing: the journey took nobody in then.",
    "zh-CN": "条件成立，但没有开始运行：当时旅程不接收会员。",
  },
  would_hold: {
    en: "Not judged so far; the conditions hold for the member as they are now.",
    "zh-CN": "尚未判断过；按会员现在的情况，条件成立。",
  },
  not_in_audience: {
    en: "It was sent, and passed the member by: they were not in its audience then.",
    "zh-CN": "已发送，但会员当时不在受众内。",
  },
  called_off: {
    en: "It was cancelled before it came to the member.",
    "zh-CN": "在轮到该会员之前已取消。",
  },
  not_yet: {
    en: "It is being sent, and has not come to the member yet.",
    "zh-CN": "正在发送，尚未轮到该会员。",
  },
  other_event: { en: "The journey does not start with this event.", "zh-CN": "旅程不由该事件触发。" },
} satisfies Record<Outcome, Text>;

export const doesNotHoldNow: Text = {
  en: "The conditions do not hold for the member as they are now.",
  "zh-CN": "按会员现在的情况，条件不成立。",
};

/** Whether the trigger took the member, and the journey did not let them in. */
export const isAway = (outcome: Outcome): boolean =>
  outcome === "paused" ||
  outcome === "stopped" ||
  outcome === "overdue" ||
  outcome === "re_entry" ||
  outcome === "excluded" ||
  outcome === "too_deep" ||
  outcome.startsWith("limit_");

/** Whether an event made something of a run on its way: it went on, or ended. */
export const isMove = (outcome: Outcome): boolean =>
  outcome === "moved" || outcome === "left" || outcome === "reached_goal";

/** The answer to "why did or didn't they get this", in one sentence. */
export const VERDICTS = [
  "entered",
  "held_out",
  "never_published",
  "not_live",
  "never_happened",
  "turned_away",
  "held_back",
] as const;
export type Verdict = (typeof VERDICTS)[number];

export const verdictSays = {
  entered: { en: "The member entered this journey.", "zh-CN": "该会员进入过此旅程。" },
  held_out: {
    en: "The member is held out for comparison: they are only observed, and get nothing of this journey.",
    "zh-CN": "该会员属于对照组：只作观察，不会收到此旅程的任何内容。",
  },
  never_published: { en: "This journey was never published.", "zh-CN": "此旅程从未发布。" },
  not_live: {
    en: "This journey takes nobody in now, and took this member in never.",
    "zh-CN": "此旅程目前不接收会员，也从未接收该会员。",
  },
  never_happened: {
    en: "What starts this journey has not happened to the member in the last 30 days.",
    "zh-CN": "最近 30 天内，该会员没有发生触发此旅程的事情。",
  },
  turned_away: {
    en: "The member fitted, and was not let in.",
    "zh-CN": "该会员符合条件，但未获准进入。",
  },
  held_back: {
    en: "It happened, and did not lead into the journey.",
    "zh-CN": "事情发生了，但没有进入旅程。",
  },
} satisfies Record<Verdict, Text>;

/** Of an entry and a turning away the later: a run of long ago explains nothing of today. undefined: neither ever was. */
export function latest({
  entered,
  turned,
  isHeld,
}: {
  entered: Date | null;
  turned: Date | null;
  isHeld: boolean;
}): "entered" | "held_out" | "turned_away" | undefined {
  if (turned && (!entered || turned > entered)) return "turned_away";
  if (entered) return isHeld ? "held_out" : "entered";
  return undefined;
}

export const laterOf = (one: Date | null, other: Date | null): Date | null =>
  one === null || (other !== null && other > one) ? other : one;

const stoppedSays: Text = { en: "This journey is stopped: nobody enters it.", "zh-CN": "此旅程已停止，不再接收会员。" };
const neverTaken: Text = { en: "It never took this member in.", "zh-CN": "它从未接收过该会员。" };

const sentences = (...all: Text[]): Text => ({
  en: all.map(({ en }) => en).join(" "),
  "zh-CN": all.map((one) => one["zh-CN"]).join(""),
});

type Besides = {
  came?: Text | undefined;
  /** Of who is held out: since when, and under which share. */
  held?: Text | undefined;
  ahead?: Text | undefined;
  /** The journey's, now. */
  state: string;
};

/** The verdict with what is known besides: that it is stopped, what the newest run brought, since when who is held out is, when a journey that the clock starts comes next. */
export function saysOf(verdict: Verdict, known: Besides): Text {
  if (known.state !== "stopped" || verdict === "entered" || verdict === "held_out") return inItself(verdict, known);
  return sentences(stoppedSays, verdict === "not_live" ? neverTaken : inItself(verdict, known));
}

function inItself(verdict: Verdict, known: Besides): Text {
  if (verdict === "held_out" && known.held) return sentences(verdictSays.held_out, known.held);
  if (verdict === "entered" && known.came) return sentences(verdictSays.entered, known.came);
  if (verdict === "never_happened" && known.ahead) return known.ahead;
  if (verdict === "held_back" && known.ahead) return sentences(verdictSays.held_back, known.ahead);
  return verdictSays[verdict];
}
