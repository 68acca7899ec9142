import { journeyConductor } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { holdLive } from "../journeys/operating/hold";
import { ringBy } from "../rings/ring-by";
import type { At } from "./effects/apply";
import type { Load, Moved } from "./leg";
import { batches, move, provide } from "./move";
import type { Run } from "./run";

/** Runs that are moved in the turn that readied them, at most: more of them go together, by their conductors. */
const FEW = 16;
/** A stock that somebody holds for longer is waited for by the journey, not by a lane with everybody's events. */
const PATIENCE = "500ms";

/**
 * Which of the runs that a turn readied it moves itself, to their next wait or end (decision 024): those that events readied, in journeys that
 * are live and that nobody is about to publish or pause. Holds these journeys until the commit.
 */
export async function choose(tx: Tx, { workspace }: Pick<At, "workspace">, readied: Iterable<Run>): Promise<Run[]> {
  const ready = [...readied].filter((run) => run.state === "ready" && !run.isBulk);
  if (ready.length === 0 || ready.length > FEW) return [];
  const live = await holdLive(tx, workspace, [...new Set(ready.map((run) => run.journey))]);
  return ready.filter((run) => live.get(run.journey) === run.mapped);
}

/**
 * Moves them, with all they get, in this transaction, which waits for the disk from here on; tells their conductors when to wake for them.
 * Throws an error of which `isHeldUp` holds when others keep a lock too long. `before`: what befell them in this turn already. The members are locked, and as this turn's events left them.
 */
export async function carry(
  tx: Tx,
  at: Omit<At, "shelf" | "members">,
  runs: readonly Run[],
  { plans, members }: Pick<Load, "plans" | "members">,
  before: Moved,
): Promise<void> {
  tx.push(sql`SELECT set_config('synchronous_commit', 'on', true), set_config('lock_timeout', ${PATIENCE}, true)`);
  const provisions = await provide(tx, at.workspace, plans, runs);
  // A copy: what effects make of a member reaches segments and dates by events of their own.
  await move(tx, at, runs, { plans, members: new Map(members), ...provisions }, { before });
  for (const [conductor, due] of firstDues(runs)) ringBy(tx, at.workspace, conductor, due);
  batches.observe(runs.length);
}

/** When each conductor must wake for them at the latest. */
function firstDues(runs: readonly Run[]) {
  const first = new Map<ReturnType<typeof journeyConductor>, Date>();
  for (const { journey, shard, state, dueAt } of runs) {
    if (state !== "parked" || dueAt === null) continue;
    const conductor = journeyConductor(journey, shard);
    const known = first.get(conductor);
    if (!known || dueAt < known) first.set(conductor, dueAt);
  }
  return [...first].sort(([a], [b]) => (a < b ? -1 : 1));
}
