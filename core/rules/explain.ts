import type { Facts } from "./facts";
import { judge, judgeBehaviour } from "./judge";
import type { Behaviour, Leaf, Rule } from "./rule";

/** A rule with each leaf's finding: what was wanted, what was found, and whether it held. Goes into the journal as it is. */
export type Explanation =
  | { all: Explanation[]; verdict: boolean }
  | { any: Explanation[]; verdict: boolean }
  | { not: Explanation; verdict: boolean }
  | { field: string; is: Leaf["is"]; wanted?: unknown; found: unknown; verdict: boolean }
  | {
      did: string;
      measure: Behaviour["measure"];
      is: Behaviour["is"];
      days?: number;
      wanted: number;
      found: number;
      verdict: boolean;
    };

/** As `evaluate`, with the reasons; every part is judged, also after the verdict is certain. Missing values are found as null, long ones cut. */
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
    ...(rule.value !== undefined && { wanted: wanted ?? null }),
    found: short(found ?? null),
    verdict,
  };
}

const LONGEST = 300;
const MOST = 30;

/** Explanations are kept with every run, and an event may bring a book: as much of a value as a person reads. */
function short(found: unknown): unknown {
  if (typeof found === "string") return found.length > LONGEST ? `${found.slice(0, LONGEST)}…` : found;
  if (Array.isArray(found)) return found.length > MOST ? [...found.slice(0, MOST).map(short), "…"] : found.map(short);
  if (typeof found !== "object" || found === null) return found;
  const said = JSON.stringify(found);
  return said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : found;
}
