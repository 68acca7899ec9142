import { type JourneyId, journeyConductor, type WorkspaceId } from "@/core/ids";
import type { Plan } from "@/core/plan/plan";
import type { Tx } from "@/platform/db";
import type { LockedMembers } from "../../members/lock";
import { holdLive } from "../../plans/hold";
import { ringBy } from "../../rings/ring-by";
import { DUE_GRACE_MS } from "../claim";
import type { At } from "../effects/apply";
import type { Load } from "../leg";
import { move, type Provisions, provide } from "../move";
import { nextInstantOf, type Run } from "../run";
import type { Moved } from "../write";

/**
 * Runs that are moved in the turn that readied them: few, or however many of no more than so many of each journey. More go together, in larger
 * sets, by their conductors; but to wake one for two or three members costs several times what moving them here does (decision 101).
 */
const FEW = 16;
const FEW_EACH = 3;

/**
 * What moving needs, and the journeys held for it: those that are live, each with the number of its publishes. `first`: those that move in any case;
 * `isAll`: the others do too.
 */
export type Ready = Provisions & { live: ReadonlyMap<JourneyId, number>; first: ReadonlySet<Run>; isAll: boolean };

/**
 * Makes ready for moving the runs that events readied, or found to be due, and those about to enter, in the turn itself (decision 024): holds
 * their journeys, but none that somebody is about to publish or pause. Too many of them are left to their conductors, but for `first`; undefined when
 * none is to move.
 */
export async function prepare(
  tx: Tx,
  workspace: WorkspaceId,
  plans: Load["plans"],
  { readied, first }: { readied: Iterable<Run>; first: ReadonlySet<Run> },
  entering: ReadonlyMap<{ id: JourneyId; plan: Plan }, readonly unknown[]>,
): Promise<Ready | undefined> {
  const others = [...readied].filter((run) => isCarried(run) && !first.has(run));
  const count = [...entering.values()].reduce((sum, own) => sum + own.length, others.length);
  const of = new Set([...entering.keys()].map(({ id }) => id));
  for (const { journey } of others) of.add(journey);
  const isAll = count <= FEW || count <= of.size * FEW_EACH;
  const runs = [...first, ...(isAll ? others : [])];
  const journeys = isAll ? [...entering.keys()] : [];
  if (runs.length === 0 && journeys.length === 0) return undefined;
  const starts = journeys.flatMap(({ plan }) => (plan.first ? [{ plan: plan.id, step: plan.first, mail: [] }] : []));
  const [live, provisions] = await Promise.all([
    holdLive(tx, workspace, [...new Set(runs.map((run) => run.journey))]),
    provide(tx, workspace, plans, runs, { entering: starts }),
  ]);
  return { live, first, isAll, ...provisions };
}

/**
 * Which of them the turn moves: the others are left to their conductors. `entered`: the runs made in this turn, whose journeys are held since,
 * and are live.
 */
export function choose(readied: Iterable<Run>, { live, first, isAll }: Ready, entered: readonly Run[]): Run[] {
  const held = new Map([...live, ...entered.map((run) => [run.journey, run.mapped] as const)]);
  const others = isAll ? [...readied].filter((run) => isCarried(run) && !first.has(run)) : [];
  return [...first, ...others].filter((run) => run.state === "ready" && held.get(run.journey) === run.mapped);
}

// A run whose time an event found to be up goes on in the same turn as what that event begins.
const isCarried = ({ state, isBulk, readyBy }: Run): boolean => state === "ready" && (!isBulk || readyBy === "timer");

/**
 * Moves them to their next wait or end, with all they get, and tells their conductors when to wake for them. `before`: what befell them in this
 * turn already. The members are as this turn's events left them.
 */
export async function carry(
  tx: Tx,
  at: Omit<At, "shelf" | "members">,
  runs: readonly Run[],
  { plans, members, locked, ready }: Pick<Load, "plans" | "members"> & { locked: LockedMembers; ready: Ready },
  before: Moved,
): Promise<void> {
  // A copy: what effects make of a member reaches segments and dates by events of their own.
  await move(tx, at, runs, { plans, members: new Map(members), locked, ...ready }, { before });
  ringByDues(tx, at.workspace, runs);
}

/** Tells the conductors of runs that wait when they must wake for them at the latest. */
export function ringByDues(tx: Tx, workspace: WorkspaceId, runs: readonly Run[]): void {
  for (const [conductor, due] of firstDues(runs)) ringBy(tx, workspace, conductor, due);
}

function firstDues(runs: readonly Run[]) {
  const first = new Map<ReturnType<typeof journeyConductor>, Date>();
  for (const run of runs) {
    const at = nextInstantOf(run);
    if ((run.state !== "parked" && run.state !== "held") || at === Number.POSITIVE_INFINITY) continue;
    const conductor = journeyConductor(run.journey, run.shard);
    const known = first.get(conductor);
    if (!known || at + DUE_GRACE_MS < known.getTime()) first.set(conductor, new Date(at + DUE_GRACE_MS));
  }
  return [...first].sort(([a], [b]) => (a < b ? -1 : 1));
}
