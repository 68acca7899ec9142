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
  /** Who would pass a step more often leaves, as after an exit; absent = the run fails. */
  afterVisits?: "leave";
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
 * What becomes of a run that takes its `lap`-th way back; undefined = it goes on. A step is passed at most once a lap, so that the lap bounds
 * the visits of every step without counting them. A failed one stands where it would go on, so that a retry lets it go round once more.
 */
export const afterRounds = (
  { visits = MOST_VISITS, afterVisits }: Plan,
  lap: number,
): { state: "exited" | "failed"; reason: string } | undefined =>
  lap < visits
    ? undefined
    : {
        state: afterVisits === "leave" ? "exited" : "failed",
        reason: `${ROUNDS} ${lap} times, as often as the journey allows`,
      };

const ROUNDS = "passed this step";
/** Whether a run ended by its bound of rounds, its journey's or ours: that says nothing against the drawing. */
export const isOfRounds = (reason: string | null): boolean => reason?.startsWith(`${ROUNDS} `) ?? false;

/** Resolves a Go of `step`: inside the node, or through the drawing's wire of that port. */
export function follow(plan: Pick<Plan, "wires">, from: StepId, go: Go): Target {
  const node = from.slice(0, from.lastIndexOf("."));
  if ("step" in go) return { port: go.step, to: `${node}.${go.step}` as StepId, back: false };
  const wire = plan.wires[node]?.[go.port];
  return { port: go.port, to: wire?.to ?? null, back: wire?.back ?? false };
}
