import type { JourneyId, PlanId, StepId } from "../ids";
import type { Holdout } from "../policy/holdout";
import type { Rule } from "../rules/rule";
import type { Entry, Existing, Group, Limits } from "./entry";
import type { Go, Step, Target } from "./step";

/** once: ever; after_end: when no run of it is live; every: N days after the last entry; per_key: once per key (a property of the entry event); always. */
export type Reentry =
  | { is: "once" }
  | { is: "after_end" }
  | { is: "every"; days: number }
  | { is: "per_key"; key: string }
  | { is: "always" };

/** Compiled, immutable form of one journey version. `id` is a hash over workspace, journey and canonical JSON. */
export type Plan = {
  id: PlanId;
  journey: JourneyId;
  version: number;
  name: string;
  entry: Entry;
  entryNode: string;
  reentry: Reentry;
  /** The first step after the trigger; null when nothing hangs on it. */
  first: StepId | null;
  steps: Record<StepId, Step>;
  /** Every port of every node: where it leads, and whether that closes a cycle (raises the lap). */
  wires: Record<string, Record<string, Omit<Target, "port">>>;
  goal?: { on?: string; when: Rule; value?: string };
  exits: { on?: string; when: Rule }[];
  /** Names of events this plan listens to: the entry's, the waits', the goal's, the exits'. "*" = any. */
  listens: string[];
  priority: number;
  /** Absent = nobody is kept out by this journey. */
  holdout?: Holdout;
  /** How often a run may pass one step; absent = 1000. */
  visits?: number;
  /** Absent = as many as come. */
  limits?: Limits;
  /** Absent = excludes no other journey. */
  group?: Group;
  /** Absent = none of them enters. */
  existing?: Existing;
  /** Most that its promotions may cost, in minor units; absent = as much as they do. */
  budget?: number;
};

export const hears = ({ listens }: Plan, event: string): boolean => listens.includes(event) || listens.includes("*");

/** How often a run passes a step where its plan says nothing. */
const MOST_VISITS = 1000;

/**
 * Whether a run that takes its `lap`-th way back has passed some step more often than its plan allows. A step is passed at most once a
 * lap, so that the lap bounds the visits of every step without counting them.
 */
export const isTooOften = ({ visits = MOST_VISITS }: Plan, lap: number): boolean => lap >= visits;

/** Resolves a Go of `step`: inside the node, or through the drawing's wire of that port. */
export function follow(plan: Pick<Plan, "wires">, from: StepId, go: Go): Target {
  const node = from.slice(0, from.lastIndexOf("."));
  if ("step" in go) return { port: go.step, to: `${node}.${go.step}` as StepId, back: false };
  const wire = plan.wires[node]?.[go.port];
  return { port: go.port, to: wire?.to ?? null, back: wire?.back ?? false };
}
