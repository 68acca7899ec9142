import { eventName } from "@/core/events/event-name";
import type { Explanation } from "@/core/rules/explain";
import { fieldAt } from "@/core/rules/fields";
import type { Rule } from "@/core/rules/rule";
import { inWords, type Naming } from "@/core/rules/words";
import type { Locale, Text } from "@/core/text";

/** One condition of a decision: what was asked, what was found, and whether it held. */
export type Finding = { asked: Text; found: Text; held: boolean };

/** What a step's journal line keeps of its decision, read back for people. */
export type Why = { says: Text; findings: Finding[] };

/** `eventName`: by id, for lines that keep the id only. */
export type Names = Naming & { eventName?: (id: string) => Text | undefined };

/** A journal line's reason in words; null when the step had nothing to decide. */
export function whyInWords(why: unknown, naming: Names): Why | null {
  if (typeof why !== "object" || why === null) return null;
  if ("verdict" in why) {
    // Written by the engine from `explain`, in this very shape.
    const findings = findingsOf(why as Explanation, naming);
    const held = (why as Explanation).verdict;
    return {
      says: held
        ? { en: "The conditions held.", "zh-CN": "条件成立。" }
        : { en: "No condition held.", "zh-CN": "没有条件成立。" },
      findings,
    };
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
      en: `Refused: ${String(why.refused).replaceAll("_", " ")}.`,
      "zh-CN": `被拒绝：${REFUSED[String(why.refused)] ?? String(why.refused)}。`,
    });
  if ("event" in why) {
    const name =
      naming.eventName?.(String(why.event)) ??
      ("name" in why && typeof why.name === "string" ? eventName(why.name) : undefined);
    return bare(
      name
        ? { en: `This happened: ${name.en}.`, "zh-CN": `发生了：${name["zh-CN"]}。` }
        : { en: "The event it waited for came.", "zh-CN": "等到了所等的事件。" },
    );
  }
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
  if ("due" in why) return bare({ en: "The time was up.", "zh-CN": "等待时间已到。" });
  return null;
}

const bare = (says: Text): Why => ({ says, findings: [] });
const REFUSED: Record<string, string> = {
  out_of_stock: "库存不足",
  over_cap: "超过每人上限",
  offer_inactive: "优惠已停用",
  held: "风控暂扣",
  refused: "未通过",
  not_found: "不存在",
  too_deep: "旅程接连互相触发过多",
};

/** Every leaf in the order of the rule; `not` turns its leaves' verdicts round. */
function findingsOf(explained: Explanation, naming: Naming, isNot = false): Finding[] {
  if ("all" in explained) return explained.all.flatMap((part) => findingsOf(part, naming, isNot));
  if ("any" in explained) return explained.any.flatMap((part) => findingsOf(part, naming, isNot));
  if ("not" in explained) return findingsOf(explained.not, naming, !isNot);
  const held = explained.verdict !== isNot;
  const asked = askedOf(explained);
  return [{ asked: both(isNot ? { not: asked } : asked, naming), found: foundIn(explained, naming), held }];
}

type Leaf = Extract<Explanation, { field: string } | { did: string }>;

function askedOf(leaf: Leaf): Rule {
  if ("did" in leaf)
    return {
      did: leaf.did,
      measure: leaf.measure,
      is: leaf.is,
      value: leaf.wanted,
      ...(leaf.days !== undefined && { days: leaf.days }),
    };
  return {
    field: leaf.field,
    is: leaf.is,
    ...(leaf.wanted !== undefined && leaf.wanted !== null && { value: leaf.wanted as string }),
  };
}

/** What was found, said as the condition that would have been true. */
function foundIn(leaf: Leaf, naming: Naming): Text {
  if ("did" in leaf) return { en: String(leaf.found), "zh-CN": String(leaf.found) };
  if (leaf.found === null || leaf.found === undefined) return both({ field: leaf.field, is: "not_exists" }, naming);
  const isInstant = fieldAt(leaf.field, naming)?.holds === "instant" && typeof leaf.found === "number";
  const found = isInstant
    ? new Date(leaf.found as number).toISOString()
    : typeof leaf.found === "object" && !Array.isArray(leaf.found)
      ? JSON.stringify(leaf.found)
      : leaf.found;
  if (Array.isArray(found) && found.length === 0) return both({ field: leaf.field, is: "not_exists" }, naming);
  return both({ field: leaf.field, is: "eq", value: found as string }, naming);
}

const both = (rule: Rule, naming: Naming): Text => ({
  en: inWords(rule, "en" satisfies Locale, naming),
  "zh-CN": inWords(rule, "zh-CN", naming),
});
