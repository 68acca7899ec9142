import { nodeOf, type StepId } from "../ids";
import { type Explanation, explain } from "../rules/explain";
import type { Facts } from "../rules/facts";
import { isAlways } from "../rules/rule";
import { momentOf } from "../time/moment";
import { waysOut } from "./order";
import { asksOwn } from "./own-rule";
import type { Plan } from "./plan";
import type { Go, Waiting } from "./step";

/**
 * What another way out of a wait found in the instant in which the wait was left. Of an event (`on`): whether it was the one that came, and then
 * what its rule found, where it asked anything; of a rule of the member what it found; of a moment (`until`, ISO 8601) when it would have come, null
 * where its date is missing.
 */
export type Other = { port: string } & (
  | { on: string; came: boolean; rule?: Explanation }
  | { rule: Explanation }
  | { until: string | null }
);

/**
 * Of a wait for the first of several what each of the others found, for the journal; nothing of any other wait. `taken`: the port it was left by;
 * `facts`: as it was judged, with the event that came if one did; `since`: when the wait began, in epoch milliseconds.
 */
export function othersOf(plan: Plan, at: StepId, taken: string, facts: Facts, since: number): { others?: Other[] } {
  const step = plan.steps[at];
  const ways = step?.op === "wait" ? step.first : [];
  if (!isOfSeveral(ways)) return {};
  const here = { ...facts, node: nodeOf(at) };
  const others = ways.filter((way) => !waysOut(way).some((go) => nameOf(go) === taken));
  return others.length === 0 ? {} : { others: others.map((way) => foundBy(way, here, since)) };
}

/** Nobody asks what the time-out found that most waits have beside what they wait for, nor what a kind asks of its own message, task or call. */
function isOfSeveral(ways: readonly Waiting[]): boolean {
  if (ways.some((way) => "on" in way && asksOwn(way.when))) return false;
  return ways.length > 2 || ways.filter((way) => !("until" in way)).length > 1;
}

function foundBy(way: Waiting, facts: Facts, since: number): Other {
  const port = nameOf(way.go);
  if ("holds" in way) return { port, rule: explain(way.holds, facts) };
  if ("until" in way) {
    const at = momentOf(way.until, { ...facts, now: since });
    return { port, until: at === null ? null : new Date(at).toISOString() };
  }
  const came = facts.event !== undefined && (way.on === "*" || way.on === facts.event.name);
  return { port, on: way.on, came, ...(came && !isAlways(way.when) && { rule: explain(way.when, facts) }) };
}

const nameOf = (go: Go): string => ("port" in go ? go.port : go.step);
