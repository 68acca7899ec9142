import { type JobId, type RunId, stepId, type WorkspaceId } from "@/core/ids";
import { isNode } from "@/core/plan/map-forward";
import type { Plan } from "@/core/plan/plan";
import type { Tx } from "@/platform/db";
import { loadPlans } from "../../plans/plans";
import { catchUp } from "../lifecycle/catch-up";
import { endRuns } from "../lifecycle/end-runs";
import { type Did, recordHandlings } from "../lifecycle/handlings";
import type { Held } from "../lifecycle/lock";
import { savePlans } from "../lifecycle/map-runs";
import { ringFor } from "../ring-for";
import { isLive, type Run } from "../run";
import { saveRuns, saveTraffic, Traffic } from "../write";
import type { Operation } from "./operation";
import { reopen } from "./reopen";

/** Why an operation could not be done to a run, for people to read. */
export type Skipped = { run: RunId; why: string };
type By = { by: string; job: JobId | null };

/**
 * Does one operation to locked runs of one journey, whose row is held FOR SHARE. No effect is ever repeated: steps and laps stay as they are, and
 * what was applied under a step and lap is answered from the journal. Returns those it could not be done to, and why.
 */
export async function operate(
  tx: Tx,
  workspace: WorkspaceId,
  journey: Held,
  runs: readonly Run[],
  operation: Operation,
  by: By,
  now: Date,
): Promise<Skipped[]> {
  if (journey.state !== "live" && journey.state !== "paused")
    return runs.map((run) => ({ run: run.id, why: `its journey is ${journey.state}` }));
  switch (operation.is) {
    case "exit": {
      const live = runs.filter((run) => isLive(run.state));
      await endRuns(tx, workspace, live, { did: "exit", reason: "taken_out", ...by }, now);
      return skipped(runs, live, "it has ended already");
    }
    case "wake":
      return wake(tx, workspace, journey, runs, by, now);
    case "retry": {
      const failed = runs.filter((run) => run.state === "failed");
      const opened = await reopen(tx, workspace, failed);
      for (const run of opened) again(run);
      const changed = await catchUp(tx, workspace, journey, opened, now);
      await finish(tx, workspace, opened, "retry", by, now, changed);
      return [
        ...skipped(runs, failed, "only a failed run can be retried"),
        ...skipped(failed, opened, "the member is in the journey again already"),
      ];
    }
    case "move": {
      const plan =
        journey.plan === null ? undefined : (await loadPlans(tx, workspace, [journey.plan])).get(journey.plan);
      if (!plan || !isNode(plan, operation.to))
        return runs.map((run) => ({
          run: run.id,
          why: `the published version has no node "${operation.to}" where members can stand`,
        }));
      const failed = runs.filter((run) => run.state === "failed");
      const opened = new Set(await reopen(tx, workspace, failed));
      const movable = runs.filter((run) => isLive(run.state) || opened.has(run));
      await move(tx, workspace, journey, movable, plan, operation.to, by, now);
      return [
        ...skipped(failed, [...opened], "the member is in the journey again already"),
        ...skipped(runs, [...movable, ...failed], "it has ended already"),
      ];
    }
    default:
      return operation satisfies never;
  }
}

async function wake(
  tx: Tx,
  workspace: WorkspaceId,
  journey: Held,
  runs: readonly Run[],
  by: By,
  now: Date,
): Promise<Skipped[]> {
  const changed = await catchUp(tx, workspace, journey, runs, now);
  const waiting = runs.filter((run) => run.state === "parked" && run.dueAt !== null);
  for (const run of waiting) if (run.dueAt !== null && run.dueAt > now) run.dueAt = now;
  await finish(tx, workspace, waiting, "wake", by, now, changed);
  return skipped(runs, waiting, "it does not wait for a time; move it instead");
}

/** A failed run acts its step again: by the port it had won, at the instant it was due, or anew from when it began to wait. */
function again(run: Run): void {
  const isDue = run.port === null && run.dueAt !== null;
  Object.assign(run, {
    state: isDue ? "parked" : "ready",
    readyBy: isDue ? null : "retry",
    isBulk: !isDue,
    reason: null,
  });
}

/** Onto the published plan, as one who just came to the node; mail of the way it was on is not for the new one. */
async function move(
  tx: Tx,
  workspace: WorkspaceId,
  journey: Held,
  runs: readonly Run[],
  plan: Plan,
  to: string,
  by: By,
  now: Date,
): Promise<void> {
  const traffic = new Traffic();
  const from = new Map(runs.map((run) => [run, run.step]));
  for (const run of runs) {
    traffic.add(run, run.step, "@moved");
    Object.assign(run, {
      plan: plan.id,
      mapped: journey.mappings,
      step: stepId(to, "start"),
      state: "ready",
      port: null,
      readyBy: "move",
      readyEvent: null,
      readyWhy: null,
      isBulk: true,
      dueAt: null,
      parkedAt: null,
      mail: [],
      reason: null,
    });
  }
  savePlans(tx, workspace, runs);
  await finish(tx, workspace, runs, "move", by, now, [], from);
  saveTraffic(tx, workspace, traffic.all(), now);
}

/** Writes runs, notes what was done to them, and rings their conductors. */
async function finish(
  tx: Tx,
  workspace: WorkspaceId,
  runs: readonly Run[],
  did: Did,
  by: By,
  now: Date,
  changed: readonly Run[],
  from: ReadonlyMap<Run, Run["step"]> = new Map(),
): Promise<void> {
  const all = [...new Set([...runs, ...changed])];
  saveRuns(tx, workspace, all, now);
  const handlings = runs.map((run) => ({
    run: run.id,
    did,
    from: from.get(run) ?? run.step,
    to: isLive(run.state) ? run.step : null,
  }));
  recordHandlings(tx, workspace, handlings, by, now);
  ringFor(tx, workspace, all);
}

function skipped(runs: readonly Run[], done: readonly Run[], why: string): Skipped[] {
  const isDone = new Set(done);
  return runs.filter((run) => !isDone.has(run)).map((run) => ({ run: run.id, why }));
}
