import type { JobId, WorkspaceId } from "@/core/ids";
import { engine, isPoison } from "@/platform/db";
import { failJob, holdJob, noteBatch } from "../../jobs/hold";
import { batches } from "./registry";

/**
 * One batch of a job, in one transaction with the note of how far it has come: killed anywhere, it goes on behind the last batch that
 * committed. Data that breaks a batch gives the job up with the reason; anything else is thrown, to be tried again. "wait": nothing was done,
 * because what it works on is not ready yet.
 */
export async function workOn(workspace: WorkspaceId, id: JobId): Promise<"moved" | "wait" | "over"> {
  try {
    return await engine(async (tx) => {
      const job = await holdJob(tx, workspace, id);
      if (!job) return "over";
      const batch = await batches[job.kind](tx, job, job.now);
      if (batch === "wait") return "wait";
      await noteBatch(tx, job, batch);
      return "moved";
    });
  } catch (error) {
    if (!isPoison(error)) throw error;
    await engine((tx) =>
      failJob(tx, workspace, id, (error instanceof Error ? error.message : String(error)).slice(0, 500)),
    );
    return "over";
  }
}
