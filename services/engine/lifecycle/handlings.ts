import type { JobId, RunId, StepId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";

/** What was done to a run from outside. `to`: the step it stands at afterwards, null when it ended. */
export type Handling = { run: RunId; did: Did; from: StepId; to: StepId | null };
export type Did = "publish" | "wake" | "move" | "retry" | "skip" | "exit" | "stop";

/** Notes it for the run's own page. `by`: the audit's signature of who asked for it. */
export function recordHandlings(
  tx: Tx,
  workspace: WorkspaceId,
  handlings: readonly Handling[],
  { by, job }: { by: string; job: JobId | null },
  now: Date,
): void {
  if (handlings.length === 0) return;
  tx.push(sql`
    INSERT INTO handling (workspace_id, run_id, id, did, from_step, to_step, job_id, by, at)
    SELECT ${workspace}, h.run, h.id, h.did, h.from_step, h.to_step, ${job}, ${by}, ${now}
    FROM unnest(${handlings.map((h) => h.run)}::uuid[], ${handlings.map(() => newId(now.getTime()))}::uuid[], ${handlings.map((h) => h.did)}::text[],
      ${handlings.map((h) => h.from)}::text[], ${handlings.map((h) => h.to)}::text[]) AS h(run, id, did, from_step, to_step)`);
}
