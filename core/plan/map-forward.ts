import { canonical } from "../hash";
import { nodeOf, type PlanId, type StepId, stepId } from "../ids";
import type { Facts } from "../rules/facts";
import { advance } from "./advance";
import { gosOf } from "./order";
import type { Plan } from "./plan";

/** What a publish does with the members who stand at one node: they finish the plan they began, leave, or go on at a node of the new plan. */
export type Fate = { is: "stay" } | { is: "exit" } | { is: "move"; to: string };
/** By the root id of each node of the plan before. */
export type Fates = Record<string, Fate>;
/** One publish, as runs are mapped forward through it. Numbers count from 1 in each journey. */
export type Mapping = { number: number; from: PlanId; to: PlanId; fates: Fates };

/** Where a live run stands. Instants are epoch milliseconds. */
export type Standing = {
  step: StepId;
  state: "ready" | "parked";
  /** Ready after a wait: the port by which it leaves it. */
  port: string | null;
  parkedAt: number | null;
  dueAt: number | null;
};
export type Mapped = { is: "stays" } | { is: "exits" } | ({ is: "moves" } & Standing);

/** What is done where nobody chose otherwise: a node that is still there keeps its members, those at a node that is gone finish what they began. */
export function usualFates(from: Plan, to: Plan): Fates {
  return Object.fromEntries(
    Object.keys(from.wires)
      .filter((node) => node !== from.entryNode)
      .map((node): [string, Fate] => [node, isNode(to, node) ? { is: "move", to: node } : { is: "stay" }]),
  );
}

/** Whether members can stand at a node of a plan. */
export const isNode = (plan: Plan, node: string): boolean => plan.steps[stepId(node, "start")] !== undefined;

/**
 * One run through one publish. A moved wait keeps its parked-at instant, so what is past due then is due now; a wait that was won already is
 * left by the same port where the new plan has it. `facts`: the member's at an instant, for waits whose time must be told anew.
 */
export function mapForward(
  from: Plan,
  to: Plan,
  fates: Fates,
  at: Standing,
  now: number,
  facts: (at: number) => Facts,
): Mapped {
  const node = nodeOf(at.step);
  const fate: Fate = fates[node] ?? (isNode(to, node) ? { is: "move", to: node } : { is: "stay" });
  if (fate.is === "stay") return { is: "stays" };
  if (fate.is === "exit") return { is: "exits" };
  const isSameNode = fate.to === node;
  const step = isSameNode && to.steps[at.step] ? at.step : stepId(fate.to, "start");
  const next = to.steps[step];
  if (!next) throw new Error(`plan ${to.id} has no node ${fate.to}`);
  if (step === at.step && isSameStep(from, to, step)) return { ...at, is: "moves" };
  const keepsPort =
    at.port !== null && isSameNode && gosOf(next).some((go) => ("port" in go ? go.port : go.step) === at.port);
  if (at.state === "ready" || next.op !== "wait")
    return { is: "moves", step, state: "ready", port: keepsPort ? at.port : null, parkedAt: at.parkedAt, dueAt: null };
  const since = at.parkedAt ?? now;
  const arrived = advance(to, step, facts(since));
  const there = { step, port: null, parkedAt: since };
  return arrived.is === "park"
    ? { is: "moves", ...there, state: "parked", dueAt: arrived.dueAt }
    : { is: "moves", ...there, state: "ready", dueAt: null };
}

/**
 * What a publish does with members whom a holdout keeps out, who stand at no node: as with those who were let in, so that both are measured by the
 * same goal and exits. They go on by the new plan where any of those do; else they stay, and leave where all do.
 */
export function fateOfHeld(fates: Fates): Fate["is"] {
  const all = new Set(Object.values(fates).map(({ is }) => is));
  if (all.size === 0 || all.has("move")) return "move";
  return all.has("stay") ? "stay" : "exit";
}

/** The steps that two plans have in common, unchanged: a run at one of them is mapped by its plan alone. */
export function sameSteps(from: Plan, to: Plan): ReadonlySet<StepId> {
  const known = same.get(to)?.get(from.id);
  if (known) return known;
  const steps = new Set(
    (Object.keys(from.steps) as StepId[]).filter(
      (step) => to.steps[step] !== undefined && canonical(from.steps[step]) === canonical(to.steps[step]),
    ),
  );
  const ofTo = same.get(to) ?? new Map<PlanId, ReadonlySet<StepId>>();
  same.set(to, ofTo.set(from.id, steps));
  return steps;
}
const same = new WeakMap<Plan, Map<PlanId, ReadonlySet<StepId>>>();

const isSameStep = (from: Plan, to: Plan, step: StepId): boolean => sameSteps(from, to).has(step);
