import { type Explanation, explain } from "./explain";
import type { Facts } from "./facts";
import { every, not } from "./known-in-part";
import { type Behaviour, isField, type Leaf, type Rule } from "./rule";

/**
 * What is known of an instant of the past: `before` for what paths that begin so name (`event.`, `entry.`), which is as it was; `today` for all else,
 * which may have changed since.
 */
export type Past = { before: Facts; today: Facts; known: readonly string[] };

/**
 * A rule as it can be told afterwards. `verdict`: what it came to then, undefined where that hangs on what may have changed since; `ofNow`: of each
 * leaf, in the rule's order, whether it is told by today.
 */
export type Told = { explained: Explanation; verdict: boolean | undefined; ofNow: boolean[] };

export function explainPast(rule: Rule, past: Past): Told {
  if ("all" in rule) {
    const parts = rule.all.map((part) => explainPast(part, past));
    const all = parts.map(({ explained }) => explained);
    return {
      explained: { all, verdict: all.every(({ verdict }) => verdict) },
      verdict: every(parts.map(({ verdict }) => verdict)),
      ofNow: parts.flatMap(({ ofNow }) => ofNow),
    };
  }
  if ("any" in rule) {
    const parts = rule.any.map((part) => explainPast(part, past));
    const any = parts.map(({ explained }) => explained);
    return {
      explained: { any, verdict: any.some(({ verdict }) => verdict) },
      verdict: not(every(parts.map(({ verdict }) => not(verdict)))),
      ofNow: parts.flatMap(({ ofNow }) => ofNow),
    };
  }
  if ("not" in rule) {
    const { explained, verdict, ofNow } = explainPast(rule.not, past);
    return { explained: { not: explained, verdict: !explained.verdict }, verdict: not(verdict), ofNow };
  }
  const isKnown = isOf(rule, past.known);
  const explained = explain(rule, isKnown ? past.before : past.today);
  return { explained, verdict: isKnown ? explained.verdict : undefined, ofNow: [!isKnown] };
}

function isOf(leaf: Leaf | Behaviour, known: readonly string[]): boolean {
  if ("did" in leaf) return false;
  const { value } = leaf;
  const paths = [leaf.field, ...(isField(value) ? [value.field] : [])];
  return paths.every((path) => known.some((room) => path.startsWith(room)));
}
