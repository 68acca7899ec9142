import type { Facts } from "./facts";
import { judge, judgeBehaviour } from "./judge";
import { type Behaviour, isField, type Leaf, type Rule } from "./rule";
import { short } from "./short";

/**
 * A rule with each leaf's finding: what was wanted, what was found, and whether it held. Goes into the journal as it is. `wanted` is a value, any JSON
 * that an event can bring, and never a reference: that is `than`, the field it was read from, absent where the rule names the value itself.
 */
export type Explanation =
  | { all: Explanation[]; verdict: boolean }
  | { any: Explanation[]; verdict: boolean }
  | { not: Explanation; verdict: boolean }
  | { field: string; is: Leaf["is"]; than?: string; wanted?: unknown; found: unknown; verdict: boolean }
  | {
      did: string;
      measure: Behaviour["measure"];
      is: Behaviour["is"];
      days?: number;
      wanted: number;
      found: number;
      verdict: boolean;
    };

/** As `evaluate`, with the reasons; every part is judged, also after the verdict is certain. Missing values are null, long ones cut. */
export function explain(rule: Rule, facts: Facts): Explanation {
  if ("all" in rule) {
    const all = rule.all.map((part) => explain(part, facts));
    return { all, verdict: all.every(({ verdict }) => verdict) };
  }
  if ("any" in rule) {
    const any = rule.any.map((part) => explain(part, facts));
    return { any, verdict: any.some(({ verdict }) => verdict) };
  }
  if ("not" in rule) {
    const not = explain(rule.not, facts);
    return { not, verdict: !not.verdict };
  }
  if ("did" in rule) {
    const { verdict, found } = judgeBehaviour(rule, facts);
    return {
      did: rule.did,
      measure: rule.measure,
      is: rule.is,
      ...(rule.days !== undefined && { days: rule.days }),
      wanted: rule.value,
      found: Number(found),
      verdict,
    };
  }
  const { verdict, found, wanted } = judge(rule, facts);
  return {
    field: rule.field,
    is: rule.is,
    ...(isField(rule.value) && { than: rule.value.field }),
    ...(rule.value !== undefined && { wanted: short(wanted ?? null) }),
    found: short(found ?? null),
    verdict,
  };
}
