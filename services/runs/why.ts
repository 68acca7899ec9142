import { z } from "zod";
import { eventName } from "@/core/events/event-name";
import type { Cases } from "@/core/plan/advance";
import type { Other } from "@/core/plan/others";
import type { Explanation } from "@/core/rules/explain";
import { comparedInWords, date, inWords, measuredInWords, type Naming, negated } from "@/core/rules/words";
import type { Locale, Text } from "@/core/text";
import { Words } from "@/core/words";
import { type Veil, veiled } from "./veil";

/** One condition of a decision: what was asked, what was found, and whether it held. */
export const Finding = z.object({
  asked: Words,
  found: Words,
  held: z.boolean(),
  of: Words.nullable().describe(
    "which of several asked it: a case, a wait, the goal, an exit, what else was waited for",
  ),
  isNow: z.boolean().describe("found of the member as they are now: what it was when it was judged is not known"),
});
export type Finding = z.infer<typeof Finding>;

/** What a step's journal line keeps of its decision, read back for people. */
export type Why = { says: Text; findings: Finding[] };

/**
 * `eventOf`: an event's name by its id, for lines that keep the id only; of a step with several cases or ways out, what each is called: `caseOf` by its
 * place, `wayOf` by the port it leads to; absent = the other ways are not told. `veil`: what the reader may not see; absent = nothing.
 * `timeUp`: why a wait was left that no event ended, by the instant it was left for.
 */
export type Names = Naming & {
  eventOf?: (id: string) => string | undefined;
  caseOf?: (index: number) => Text;
  wayOf?: (port: string) => Text;
  veil?: Veil;
  timeUp?: (due: Date | null) => Text;
};

/** A journal line's reason in words, with what the others found where it was a wait for several; null when the step had nothing to decide. */
export function whyInWords(why: unknown, naming: Names): Why | null {
  if (typeof why !== "object" || why === null) return null;
  const decided = decidedBy(why, naming);
  const { wayOf } = naming;
  if (!decided || !wayOf || !("others" in why)) return decided;
  const others = (why.others as Other[]).flatMap((other) => otherFindings(other, wayOf(other.port), naming));
  return { ...decided, findings: [...decided.findings, ...others] };
}

function decidedBy(why: object, naming: Names): Why | null {
  if ("verdict" in why) {
    // Written by the engine from `explain`, in this very shape.
    const kept = why as Explanation | Cases;
    // What a kind asks of its own answer, its way tells.
    if (isOwn(kept)) return null;
    return { says: kept.verdict ? HELD : NONE_HELD, findings: keptFindings(kept, naming) };
  }
  if ("overflow" in why)
    return bare({
      en: `${String(why.overflow)} more events came on the way than a run keeps for its next wait: they win none.`,
      "zh-CN": `途中到达的事件比一次运行能为下一个等待保留的多 ${String(why.overflow)} 个：这些事件不会触发等待。`,
    });
  if ("variant" in why)
    return bare(
      "isNew" in why && why.isNew === true
        ? { en: "Drawn by weight, and kept from now on.", "zh-CN": "按权重分配，此后保持不变。" }
        : { en: "The variant this member had already.", "zh-CN": "沿用该会员已有的版本。" },
    );
  if ("refused" in why)
    return bare({
      en: `Refused: ${REFUSED_EN[String(why.refused)] ?? String(why.refused).replaceAll("_", " ")}.`,
      "zh-CN": `被拒绝：${REFUSED[String(why.refused)] ?? String(why.refused)}。`,
    });
  if ("event" in why) {
    const event =
      naming.eventOf?.(String(why.event)) ?? ("name" in why && typeof why.name === "string" ? why.name : undefined);
    const name = event === undefined ? undefined : eventName(event);
    return {
      says: byExit(
        why,
        name
          ? { en: `This happened: ${name.en}.`, "zh-CN": `发生了：${name["zh-CN"]}。` }
          : { en: "The event it waited for came.", "zh-CN": "等到了所等的事件。" },
      ),
      findings: ruleFindings(why, { ...naming, ...(event !== undefined && { event }) }),
    };
  }
  if ("exit" in why)
    return {
      says: byExit(why, { en: "An exit of the journey held.", "zh-CN": "旅程的一个退出条件成立。" }),
      findings: ruleFindings(why, naming),
    };
  if ("skipped" in why)
    return bare({
      en: "Passed over on resuming: nothing was sent or given here.",
      "zh-CN": "恢复时已跳过：此处没有发送或发放任何内容。",
    });
  if ("published" in why)
    return bare({
      en: `Version ${String(why.published)} was published; members here left.`,
      "zh-CN": `第 ${String(why.published)} 版发布时，此处的会员已退出。`,
    });
  if ("due" in why) return bare(naming.timeUp?.(typeof why.due === "string" ? new Date(why.due) : null) ?? TIME_UP);
  return null;
}

const TIME_UP: Text = { en: "The time was up.", "zh-CN": "等待时间已到。" };
const bare = (says: Text): Why => ({ says, findings: [] });
const HELD: Text = { en: "The conditions held.", "zh-CN": "条件成立。" };
const NONE_HELD: Text = { en: "No condition held.", "zh-CN": "没有条件成立。" };

const isOwn = (kept: Explanation | Cases): boolean => {
  const asked = "cases" in kept ? kept.cases : [kept];
  return asked.length > 0 && asked.every((one) => "field" in one && one.field.startsWith("here."));
};

/** Of a journey with several exits, which it was: the first needs no number, as it may be the only one. */
function byExit(why: object, says: Text): Text {
  if (!("exit" in why) || typeof why.exit !== "number" || why.exit === 0) return says;
  const number = why.exit + 1;
  return { en: `Exit ${number}: ${says.en}`, "zh-CN": `退出条件 ${number}：${says["zh-CN"]}` };
}

const ruleFindings = (why: object, naming: Names): Finding[] =>
  "rule" in why ? findingsOf(why.rule as Explanation, naming) : [];

/** Of several cases each leaf with the case that asked it, in the order they were tried. */
function keptFindings(kept: Explanation | Cases, naming: Names): Finding[] {
  if (!("cases" in kept)) return findingsOf(kept, naming);
  return kept.cases.flatMap((one, i) =>
    findingsOf(one, naming).map((finding) => ({ ...finding, of: naming.caseOf?.(i) ?? null })),
  );
}

/** What another way out of the same wait found. */
function otherFindings(other: Other, way: Text, naming: Names): Finding[] {
  const of: Text = { en: `Also waited for: ${way.en}`, "zh-CN": `同时等待：${way["zh-CN"]}` };
  const asking = (rule: Explanation, event?: string) =>
    findingsOf(rule, { ...naming, ...(event !== undefined && { event }) }).map((one) => ({ ...one, of }));
  if ("until" in other) {
    const found = other.until === null ? NO_DATE : notBefore(other.until, naming);
    return [{ asked: TIME_COMES, found, held: false, of, isNow: false }];
  }
  if (!("on" in other)) return asking(other.rule);
  const came: Finding = {
    asked: EVENT_COMES,
    found: other.came ? CAME : NONE_CAME,
    held: other.came,
    of,
    isNow: false,
  };
  return [came, ...(other.rule ? asking(other.rule, other.on) : [])];
}

const EVENT_COMES: Text = { en: "The event comes", "zh-CN": "事件发生" };
const CAME: Text = { en: "it came", "zh-CN": "已发生" };
const NONE_CAME: Text = { en: "none that fits had come", "zh-CN": "尚未发生符合条件的事件" };
const TIME_COMES: Text = { en: "The time comes", "zh-CN": "时间到" };
const NO_DATE: Text = { en: "its date is not known", "zh-CN": "没有日期" };
const notBefore = (instant: string, { zone }: Names): Text => ({
  en: `not before ${date(instant, "en", zone)}`,
  "zh-CN": `要到 ${date(instant, "zh-CN", zone)}`,
});

const REFUSED: Record<string, string> = {
  out_of_stock: "库存不足",
  over_cap: "超过每人上限",
  offer_inactive: "优惠已停用",
  held: "风控暂扣",
  refused: "未通过",
  not_found: "不存在",
  too_deep: "旅程接连互相触发过多",
  not_live: "要启动的旅程已停止或已归档，会员没有进入",
  not_a_number: "该属性的值不是数字，无法累加，保持不变",
  beyond_number: "累加后的数值过大，无法精确保存，属性保持不变",
  no_value: "事件中没有该值，属性保持不变",
  not_keepable: "事件中的值不是短文本、数字、是/否或由它们组成的短列表，属性保持不变",
};
/** Where the reason's own name says too little. */
const REFUSED_EN: Record<string, string> = {
  not_live: "the journey to start is stopped or archived, and the member did not enter it",
  not_a_number: "the attribute holds no number to add to, and stays as it is",
  beyond_number: "the sum would be too large to be exact, and the attribute stays as it is",
  no_value: "the event has no such value, and the attribute stays as it is",
  not_keepable:
    "the event’s value is no short text, number, yes or no, or short list of these, and the attribute stays as it is",
};

/** Every leaf in the order of the rule; `not` turns its leaves' verdicts round. */
export function findingsOf(explained: Explanation, naming: Names, isNot = false): Finding[] {
  if ("all" in explained) return explained.all.flatMap((part) => findingsOf(part, naming, isNot));
  if ("any" in explained) return explained.any.flatMap((part) => findingsOf(part, naming, isNot));
  if ("not" in explained) return findingsOf(explained.not, naming, !isNot);
  const { field, than } = "field" in explained ? explained : { field: undefined, than: undefined };
  const { veil } = naming;
  return [
    {
      asked:
        (than !== undefined && veiled(than, veil)) || inBoth((locale) => askedOf(explained, isNot, locale, naming)),
      found: veiled(field, veil) ?? inBoth((locale) => foundIn(explained, locale, naming)),
      held: explained.verdict !== isNot,
      of: null,
      isNow: false,
    },
  ];
}

type Leaf = Extract<Explanation, { field: string } | { did: string }>;

function askedOf(leaf: Leaf, isNot: boolean, locale: Locale, naming: Naming): string {
  const asked =
    "did" in leaf
      ? inWords({ ...leaf, value: leaf.wanted }, locale, naming)
      : comparedInWords({ ...leaf, value: leaf.wanted }, locale, naming);
  return isNot ? negated(asked, locale) : asked;
}

/** What was found, said as the condition that would have been true. */
function foundIn(leaf: Leaf, locale: Locale, naming: Naming): string {
  if ("did" in leaf) return measuredInWords(leaf.measure, leaf.found, locale, naming);
  const { field, found } = leaf;
  const isMissing = found === null || found === undefined || (Array.isArray(found) && found.length === 0);
  return comparedInWords({ field, is: isMissing ? "not_exists" : "eq", value: found }, locale, naming);
}

const inBoth = (say: (locale: Locale) => string): Text => ({ en: say("en"), "zh-CN": say("zh-CN") });
