import { setTimeout as pause } from "node:timers/promises";
import { Context } from "@temporalio/activity";
import { type JobId, jobConductor, type WorkspaceId } from "@/core/ids";
import type { Conducted, JobArguments } from "@/core/plan/conductor";
import { sql } from "@/platform/db";
import { faultPoint } from "@/platform/fault-points";
import { workOn } from "@/services/engine/jobs/work";
import { isRunning } from "@/services/jobs/hold";
import { sleepOff } from "@/services/rings/conductors";
import { conductor } from "./conductor";

/** A job that waits for something to be ready asks so often. */
const LOOK_AGAIN_MS = 1_000;

/** One background job, batch by batch until it is over. */
export async function work(args: JobArguments): Promise<Conducted> {
  const [workspace, job] = [args.workspace as WorkspaceId, args.job as JobId];
  const id = jobConductor(job);
  const { cancellationSignal: stop } = Context.current();
  return conductor(workspace, id, {
    async turn() {
      const turn = await workOn(workspace, job);
      if (turn === "moved") faultPoint("job-turned");
      if (turn !== "wait") return turn;
      await pause(LOOK_AGAIN_MS, undefined, { signal: stop }).catch(() => {});
      return "moved";
    },
    isOver: async (tx) => !(await isRunning(tx, workspace, job)),
    rest: (chair) => sleepOff(workspace, id, chair, (tx) => isRunning(tx, workspace, job), sql`NULL::timestamptz`),
    label: async () => null,
  });
}
