import { change } from "@/core/change";
import { type JobId, type RunId, stepId, type WorkspaceId } from "@/core/ids";
import { isNode } from "@/core/plan/map-forward";
import type { Plan } from "@/core/plan/plan";
import type { Text } from "@/core/text";
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
export type Skipped = { run: RunId; why: Text };
type By = { by: string; job: JobId | null };

const ENDED: Text = { en: "it has ended already", "zh-CN": "该运行已结束" };
const HELD: Text = {
  en: "its member is in the holdout and gets nothing of this journey; they can only be let go (exit)",
  "zh-CN": "该会员在对照组中，不会获得此旅程的任何内容；只能移出（exit）",
};
const NOT_FAILED: Text = { en: "only a failed run can be retried", "zh-CN": "只有失败的运行可以重试" };
const NO_TIME: Text = {
  en: "it does not wait for a time; move it instead",
  "zh-CN": "该运行并未在等待时间；请改为移动",
};
const ENTERED_AGAIN: Text = {
  en: "the member is in the journey again already",
  "zh-CN": "该会员已再次进入此旅程",
};
const notGoing = (state: string): Text => ({ en: `its journey is ${state}`, "zh-CN": `其旅程的状态为 ${state}` });
const noNode = (node: string): Text => ({
  en: `the published version has no node "${node}" where members can stand`,
  "zh-CN": `已发布版本中没有会员可停留的节点“${node}”`,
});

/**
 * Does one operation to locked runs of one journey, which is held (`shareJourney`). No effect is ever repeated: steps and laps stay as they are, and
 * what was applied under a step and lap is answered from the journal. Who is held stays so, or leaves: whatever took a member of the holdout on
 * their way would spoil what is measured by it. Returns those it could not be done to, and why.
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
  if (journey.state !== "live" && journey.state !== "paused") return skipped(runs, [], notGoing(journey.state));
  if (operation.is === "exit") {
    const live = runs.filter((run) => isLive(run.state));
    await endRuns(tx, workspace, live, { did: "exit", reason: "taken_out", ...by }, now);
    return skipped(runs, live, ENDED);
  }
  const free = runs.filter((run) => run.state !== "held");
  return [...skipped(runs, free, HELD), ...(await goOn(tx, workspace, journey, free, operation, by, now))];
}

/** What lets runs go on: none of them is held. */
async function goOn(
  tx: Tx,
  workspace: WorkspaceId,
  journey: Held,
  runs: readonly Run[],
  operation: Exclude<Operation, { is: "exit" }>,
  by: By,
  now: Date,
): Promise<Skipped[]> {
  switch (operation.is) {
    case "wake":
      return wake(tx, workspace, journey, runs, by, now);
    case "retry": {
      const failed = runs.filter((run) => run.state === "failed");
      const opened = await reopen(tx, workspace, failed);
      for (const run of opened) again(run);
      const changed = await catchUp(tx, workspace, journey, opened, now);
      await finish(tx, workspace, opened, "retry", by, now, changed);
      return [...skipped(runs, failed, NOT_FAILED), ...skipped(failed, opened, ENTERED_AGAIN)];
    }
    case "move": {
      const plan =
        journey.plan === null ? undefined : (await loadPlans(tx, workspace, [journey.plan])).get(journey.plan);
      if (!plan || !isNode(plan, operation.to)) return skipped(runs, [], noNode(operation.to));
      const failed = runs.filter((run) => run.state === "failed");
      const opened = new Set(await reopen(tx, workspace, failed));
      const movable = runs.filter((run) => isLive(run.state) || opened.has(run));
      await move(tx, workspace, journey, movable, plan, operation.to, by, now);
      return [...skipped(failed, [...opened], ENTERED_AGAIN), ...skipped(runs, [...movable, ...failed], ENDED)];
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
  return skipped(runs, waiting, NO_TIME);
}

/** A failed run acts its step again: by the port it had won, at the instant it was due, or anew from when it began to wait. */
function again(run: Run): void {
  const isDue = run.port === null && run.dueAt !== null;
  change(run, {
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
    change(run, {
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

function skipped(runs: readonly Run[], done: readonly Run[], why: Text): Skipped[] {
  const isDone = new Set(done);
  return runs.filter((run) => !isDone.has(run)).map((run) => ({ run: run.id, why }));
}
