import { nodeOf, type StepId } from "../ids";
import type { Effect } from "../journey/effects/effect";
import type { Refusal } from "../refusals";
import { evaluate } from "../rules/evaluate";
import { type Explanation, explain } from "../rules/explain";
import type { Facts } from "../rules/facts";
import { isField, type Rule } from "../rules/rule";
import { leavesOf } from "../rules/walk";
import { momentOf } from "../time/moment";
import { waysOut } from "./order";
import { type Other, othersOf } from "./others";
import { follow, type Plan } from "./plan";
import type { Go, Moment, Step, Target } from "./step";

/** What a run standing at a step does next. Who moves it (engine, simulator, backtest) carries it out. */
export type Move =
  | { is: "go"; target: Target; why: (Explanation | Cases | { due: string }) & { others?: Other[] } }
  | { is: "split"; experiment: string; shares: { weight: number; target: Target }[] }
  | { is: "apply"; effects: Effect[]; done: Target; refused: Partial<Record<Refusal, Target>> }
  /** `on`: the events that can win. Instants are epoch milliseconds. */
  | { is: "park"; dueAt: number | null; on: string[] }
  | { is: "end"; as: "goal" | "exit" | "done" };

/** Of several cases those that were tried, in their order: where the verdict is true, the last of them was taken. */
export type Cases = { cases: Explanation[]; verdict: boolean };

/** One step, decided from the facts alone. A wait counts from `facts.now`. Throws for a step that the plan does not have. */
export function advance(plan: Plan, at: StepId, facts: Facts): Move {
  const step = stepOf(plan, at);
  switch (step.op) {
    case "choose": {
      const here = { ...facts, node: nodeOf(at) };
      const taken = step.cases.findIndex(({ when }) => evaluate(when, here));
      return {
        is: "go",
        target: follow(plan, at, step.cases[taken]?.go ?? step.otherwise),
        why: whyCase(step.cases, taken, here),
      };
    }
    case "split":
      return {
        is: "split",
        experiment: step.experiment,
        shares: step.shares.map(({ weight, go }) => ({ weight, target: follow(plan, at, go) })),
      };
    case "apply":
      return {
        is: "apply",
        effects: step.effects,
        done: follow(plan, at, step.done),
        refused: followAll(plan, at, step.refused),
      };
    case "wait":
      return arrive(plan, at, step, facts);
    case "end":
      return { is: "end", as: step.as };
    default:
      return step satisfies never;
  }
}

/** A wait that a rule or the clock opens at once is passed; else the run parks. */
function arrive(plan: Plan, at: StepId, step: Wait, facts: Facts): Move {
  const here = { ...facts, node: nodeOf(at) };
  for (const way of step.first)
    if ("holds" in way && evaluate(way.holds, here))
      return {
        is: "go",
        target: follow(plan, at, way.go),
        why: { ...explain(way.holds, here), ...othersOf(plan, at, nameOf(way.go), facts, facts.now) },
      };
  const due = soonest(at, step, facts);
  if (due && due.at <= facts.now)
    return {
      is: "go",
      target: follow(plan, at, due.go),
      why: { due: new Date(due.at).toISOString(), ...othersOf(plan, at, nameOf(due.go), facts, facts.now) },
    };
  return { is: "park", dueAt: due?.at ?? null, on: listensTo(step) };
}

/** Leaves a step by a port: one of its node's, or the name of a step inside the node. */
export function wake(plan: Plan, at: StepId, port: string): Target {
  const step = stepOf(plan, at);
  const inside =
    step.op === "wait" && step.first.some((way) => waysOut(way).some((go) => "step" in go && go.step === port));
  return follow(plan, at, inside ? { step: port } : { port });
}

/** The port by which an event wins a wait; null when it does not. For mail matched at a wait: `facts.event` is the mail's event. */
export const wins = (plan: Plan, at: StepId, facts: Facts): string | null => winner(plan, at, facts)?.port ?? null;

/** The way out of a wait that an event opened: the port it leads by, and the rule and the facts that it was judged by. */
export type Won = { port: string; rule: Rule; facts: Facts };

/**
 * As `wins`, with what decided; undefined when the event opens none. `isOurs`: our own ledgers tell it. What the ledgers are to answer (a task, an
 * approval, a survey, a webhook) an event of an outsider does not answer, whatever it is called.
 */
export function winner(plan: Plan, at: StepId, facts: Facts, { isOurs = true } = {}): Won | undefined {
  const step = stepOf(plan, at);
  const { event } = facts;
  if (step.op !== "wait" || !event) return undefined;
  const here = { ...facts, node: nodeOf(at) };
  for (const way of step.first)
    if ("on" in way) {
      if ((way.on === "*" || way.on === event.name) && (isOurs || !isAnswer(way.when)) && evaluate(way.when, here))
        return { port: nameOf(way.go), rule: way.when, facts: here };
    } else if ("holds" in way && evaluate(way.holds, here))
      return { port: nameOf(way.go), rule: way.holds, facts: here };
  return undefined;
}

const OF_LEDGERS = ["here.task", "here.call"];

/** Whether a wait asks for the answer to what its node asked for, which stands in a ledger. */
const isAnswer = (rule: Rule): boolean =>
  leavesOf(rule).some(({ leaf }) => "field" in leaf && isField(leaf.value) && OF_LEDGERS.includes(leaf.value.field));

/** Of a wait for what comes of its node's own message, the port it is left by when that never leaves; undefined of every other wait. */
export function unsentPort(plan: Plan, at: StepId): string | undefined {
  const step = stepOf(plan, at);
  if (step.op !== "wait") return undefined;
  for (const way of step.first)
    if ("on" in way && way.on === "message_failed" && isOfOwnMessage(way.when)) return nameOf(way.go);
  return undefined;
}

const isOfOwnMessage = (rule: Rule): boolean =>
  leavesOf(rule).some(({ leaf }) => "field" in leaf && isField(leaf.value) && leaf.value.field === "here.message");

/** The port by which the clock opens a wait that began at `facts.now`. Throws for a step that no clock opens. */
export function duePort(plan: Plan, at: StepId, facts: Facts): string {
  const step = stepOf(plan, at);
  const clock = step.op === "wait" ? step.first.find((way) => "until" in way) : undefined;
  if (step.op !== "wait" || !clock) throw new Error(`step ${at} is due but has no time-out`);
  return nameOf(soonest(at, step, facts)?.go ?? clock.go);
}

/**
 * When the clock opens a wait that began at `facts.now`, where what it reads of the member may have changed since; undefined where
 * nothing of it can: an instant fixed when the run parked, in a zone that is still the member's.
 */
export function dueAgain(plan: Plan, at: StepId, facts: Facts, hasMoved: boolean): number | null | undefined {
  const step = stepOf(plan, at);
  if (step.op !== "wait") return undefined;
  const reads = step.first.some((way) => "until" in way && (hasMoved || readsMember(way.until)));
  return reads ? (soonest(at, step, facts)?.at ?? null) : undefined;
}

const readsMember = (until: Moment): boolean => "date" in until && until.date.startsWith("member.");

/** The events that a wait hears; "*" = any: whatever may change what it asks of the member. */
export const listensTo = (step: Wait): string[] =>
  step.first.flatMap((way) =>
    "on" in way ? [way.on] : "holds" in way || ("until" in way && readsMember(way.until)) ? ["*"] : [],
  );

function stepOf(plan: Plan, at: StepId): Step {
  const step = plan.steps[at];
  if (!step) throw new Error(`plan ${plan.id} of journey ${plan.journey} has no step ${at}`);
  return step;
}

/** `taken`: -1 = none. A single case is told as the rule that it is. */
function whyCase(cases: { when: Rule }[], taken: number, facts: Facts): Explanation | Cases {
  const tried = (taken < 0 ? cases : cases.slice(0, taken + 1)).map(({ when }) => explain(when, facts));
  const [only] = tried;
  return cases.length === 1 && only ? only : { cases: tried, verdict: taken >= 0 };
}

function followAll(plan: Plan, at: StepId, refused: Partial<Record<Refusal, Go>>): Partial<Record<Refusal, Target>> {
  const targets: Partial<Record<Refusal, Target>> = {};
  for (const reason of Object.keys(refused) as Refusal[]) {
    const go = refused[reason];
    if (go) targets[reason] = follow(plan, at, go);
  }
  return targets;
}

type Wait = Extract<Step, { op: "wait" }>;

/** The clock's first way out, of a wait that begins now. What lies in the past is due now, by its own way if it has one. */
function soonest(stands: StepId, step: Wait, facts: Facts): { at: number; go: Go } | undefined {
  const here = { ...facts, node: nodeOf(stands) };
  let first: { at: number; go: Go } | undefined;
  for (const way of step.first) {
    if (!("until" in way)) continue;
    const at = momentOf(way.until, here);
    const due =
      at === null
        ? way.absent && { at: facts.now, go: way.absent }
        : at < facts.now
          ? { at: facts.now, go: way.past ?? way.go }
          : { at, go: way.go };
    if (due && (!first || due.at < first.at)) first = due;
  }
  return first;
}

const nameOf = (go: Go): string => ("port" in go ? go.port : go.step);
