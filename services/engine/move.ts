import type { OfferId, PlanId, RunId, WorkspaceId } from "@/core/ids";
import type { Effect } from "@/core/journey/effects/effect";
import { effectsAhead, effectsOf } from "@/core/plan/ahead";
import type { Plan } from "@/core/plan/plan";
import { sql, type Tx } from "@/platform/db";
import { histogram, SIZES } from "@/platform/metrics";
import type { LockedMembers } from "../members/lock";
import { openShelf, type Shelf } from "../offers/shelf";
import { countIssued } from "../offers/stock";
import type { At } from "./effects/apply";
import { type Load, leg } from "./leg";
import type { Run } from "./run";
import { type Moved, saveJournal, saveLastLines, saveRuns, saveTraffic } from "./write";

export const batches = histogram("batch_runs", "Runs moved in one transaction", [], SIZES);

/** What legs need beside their members: what the runs applied before, and the offers they can come to. */
export type Provisions = { applied: Map<string, string>; shelf: Shelf };

/** Where a leg begins. */
export type Standing = Pick<Run, "plan" | "step" | "mail">;

/**
 * Reads it in one round trip, and locks the stocks: the members are locked before. `late`: runs that a publish is about to take to another
 * plan, so that any plan's effects may lie ahead of them; `entering`: where those will stand whose runs are being made.
 */
export async function provide(
  tx: Tx,
  workspace: WorkspaceId,
  plans: ReadonlyMap<PlanId, Plan>,
  runs: readonly Run[],
  { late = new Set(), entering = [] }: { late?: ReadonlySet<Run>; entering?: readonly Standing[] } = {},
): Promise<Provisions> {
  const [applied, shelf] = await Promise.all([
    appliedBefore(tx, workspace, runs, late),
    openShelf(tx, workspace, offersAhead(plans, [...runs, ...entering], late.size > 0)),
  ]);
  return { applied, shelf };
}

/**
 * Moves runs to their next wait or end, and writes them with all they did; those of members merged away stay where they are. `saved`: the runs
 * whose rows are to be written, beyond those that move; `before`: what befell them in this transaction already. Returns why runs failed, one reason a run.
 */
export async function move(
  tx: Tx,
  at: Omit<At, "shelf" | "members">,
  all: readonly Run[],
  { shelf, locked, ...load }: Omit<Load, "skipping"> & Provisions & { locked: LockedMembers },
  { saved: changed = all, before }: { saved?: readonly Run[]; before: Moved },
): Promise<string[]> {
  const { workspace, now } = at;
  const [moving, saved] = [locked.standing(all), locked.standing(changed)];
  const skipping = new Map(
    moving.filter((run) => run.state === "ready" && run.readyBy === "skip").map((run) => [run, null]),
  );
  const moved = await leg(tx, { ...at, shelf, members: load.members }, moving, { ...load, skipping });
  saveJournal(tx, workspace, moved.lines, now, load.applied);
  saveLastLines(tx, workspace, before.lines, now);
  saveRuns(tx, workspace, saved, now);
  // Last: these rows are the same for every batch, and are held to the commit.
  countIssued(tx, workspace, shelf.counted);
  saveTraffic(tx, workspace, [...before.traffic.all(), ...moved.traffic.all()], now);
  return reasonsOf(saved);
}

function offersAhead(plans: ReadonlyMap<PlanId, Plan>, runs: readonly Standing[], isMapped: boolean): OfferId[] {
  const offers = new Set<OfferId>();
  const add = (effects: readonly Effect[]): void => {
    for (const effect of effects) if (effect.type === "issueCoupon") offers.add(effect.offer as OfferId);
  };
  if (isMapped) for (const plan of plans.values()) add(effectsOf(plan));
  for (const run of runs) {
    const plan = plans.get(run.plan);
    // Mail may win the waits ahead, one after the other.
    if (plan && !isMapped) add(run.mail.length > 0 ? effectsOf(plan) : effectsAhead(plan, run.step));
  }
  return [...offers];
}

/**
 * What runs that came back to a step (a retry, a move) applied there before: they are answered from the journal and get nothing twice.
 * A run that has just entered has no journal.
 */
async function appliedBefore(
  tx: Tx,
  workspace: WorkspaceId,
  runs: readonly Run[],
  late: ReadonlySet<Run>,
): Promise<Map<string, string>> {
  const known = runs.filter(
    (run) =>
      late.has(run) ||
      run.parkedAt !== null ||
      run.port !== null ||
      Object.keys(run.vars).length > 0 ||
      run.lap > 0 ||
      run.readyBy === "move" ||
      run.readyBy === "retry" ||
      run.readyBy === "publish",
  );
  if (known.length === 0) return new Map();
  const rows = await tx.rows<{ run_id: RunId; step: string; lap: number; port: string }>(sql`
    SELECT run_id, step, lap, port FROM journal WHERE workspace_id = ${workspace} AND run_id = ANY(${known.map((run) => run.id)}::uuid[])`);
  return new Map(rows.map((row) => [`${row.run_id} ${row.step} ${row.lap}`, row.port]));
}

/** Why those that failed did. */
export const reasonsOf = (runs: readonly Run[]): string[] =>
  runs.flatMap(({ state, reason }) => (state === "failed" ? [reason ?? ""] : []));
