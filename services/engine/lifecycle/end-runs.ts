import { change } from "@/core/change";
import type { JobId, WorkspaceId } from "@/core/ids";
import type { Refusal } from "@/core/refusals";
import type { Tx } from "@/platform/db";
import type { Run } from "../run";
import { type Line, saveLastLines, saveRuns, saveTraffic, Traffic } from "../write";
import { type Did, recordHandlings } from "./handlings";

/** Why a run ended from outside; a page says it in words. */
export type Outside = Extract<Refusal, "journey_stopped" | "left_on_resume" | "taken_out">;

/** Lets live runs leave their journey. The caller holds their locks. */
export async function endRuns(
  tx: Tx,
  workspace: WorkspaceId,
  runs: readonly Run[],
  how: { did: Did; reason: Outside; by: string; job: JobId | null },
  now: Date,
): Promise<void> {
  const lines: Line[] = [];
  const traffic = new Traffic();
  for (const run of runs) {
    lines.push({ run: run.id, step: run.step, lap: run.lap, port: "@exit", why: { left: how.reason } });
    // A held run stands at no step of the drawing.
    if (run.state !== "held") traffic.add(run, run.step, "@exit");
    change(run, { state: "exited", reason: how.reason, mail: [], dueAt: null, port: null });
  }
  saveLastLines(tx, workspace, lines, now);
  saveRuns(tx, workspace, runs, now);
  recordHandlings(
    tx,
    workspace,
    runs.map((run) => ({ run: run.id, did: how.did, from: run.step, to: null })),
    how,
    now,
  );
  saveTraffic(tx, workspace, traffic.all(), now);
}
