import type { JobId, JourneyId, WorkspaceId } from "@/core/ids";
import { json, sql, type Tx } from "@/platform/db";
import { announce } from "../rings/announce";
import type { Batch, Job } from "./job";

/** Locks a job to its next batch; undefined when it is over. The first of all locks, so that a cancel waits for the batch under way. */
export const holdJob = (tx: Tx, workspace: WorkspaceId, id: JobId): Promise<(Job & { now: Date }) | undefined> =>
  tx.one(sql`
    SELECT id, workspace_id AS workspace, kind, journey_id AS journey, spec, position, started_by AS "startedBy", started_at AS "startedAt", clock_timestamp() AS now
    FROM job WHERE workspace_id = ${workspace} AND id = ${id} AND state = 'running' FOR UPDATE`);

/**
 * Locks the jobs of a kind that a journey is under, for whoever calls them off: asked for before the journey is taken, as their batches do, or both
 * would wait for each other.
 */
export const holdJobs = (tx: Tx, workspace: WorkspaceId, journey: JourneyId, kind: Job["kind"]): Promise<number> =>
  tx.run(sql`
    SELECT id FROM job WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND kind = ${kind} AND state = 'running'
    ORDER BY id FOR UPDATE`);

/** Writes how far a batch has come, in the batch's own transaction: what it did and that it did it commit together. */
export async function noteBatch(tx: Tx, job: Job & { now: Date }, batch: Batch): Promise<void> {
  const isOver = batch.position === null;
  await tx.run(sql`
    UPDATE job SET position = ${json(batch.position)}, done = done + ${batch.done}, skipped = skipped + ${batch.skipped},
      state = ${isOver ? "done" : "running"}, ended_at = ${isOver ? job.now : null}
    WHERE workspace_id = ${job.workspace} AND id = ${job.id}`);
  await tell(tx, job.workspace, job.journey);
}

/** Gives a job up; what its batches did stands. */
export async function failJob(tx: Tx, workspace: WorkspaceId, id: JobId, reason: string): Promise<void> {
  const failed = await tx.one<{ journey: JourneyId | null }>(sql`
    UPDATE job SET state = 'failed', reason = ${reason}, ended_at = clock_timestamp()
    WHERE workspace_id = ${workspace} AND id = ${id} AND state = 'running' RETURNING journey_id AS journey`);
  if (failed) await tell(tx, workspace, failed.journey);
}

/** Calls off the jobs of a kind that a journey is under; `holdJobs` comes first. */
export async function cancelJobs(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  kind: Job["kind"],
  now: Date,
): Promise<number> {
  return tx.run(sql`
    UPDATE job SET state = 'cancelled', ended_at = ${now}
    WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND kind = ${kind} AND state = 'running'`);
}

export const isRunning = async (tx: Tx, workspace: WorkspaceId, id: JobId): Promise<boolean> =>
  undefined !==
  (await tx.one(sql`SELECT 1 FROM job WHERE workspace_id = ${workspace} AND id = ${id} AND state = 'running'`));

async function tell(tx: Tx, workspace: WorkspaceId, journey: JourneyId | null): Promise<void> {
  await announce(tx, workspace, "jobs");
  if (journey !== null) await announce(tx, workspace, `journey:${journey}`);
}
