import { type JobId, type JourneyId, jobConductor, type WorkspaceId } from "@/core/ids";
import { json, sql, type Tx } from "@/platform/db";
import { ensureJob } from "../rings/conductors";
import { ring } from "../rings/ring";
import type { JobKind } from "./job";

/** Writes a job and rings its conductor; the work begins after the caller's commit. */
export async function startJob(
  tx: Tx,
  workspace: WorkspaceId,
  job: { id: JobId; kind: JobKind; journey: JourneyId | null; spec: object; total: number },
  by: string,
  now: Date,
): Promise<void> {
  await tx.run(sql`
    INSERT INTO job (workspace_id, id, kind, journey_id, spec, total, started_by, started_at)
    VALUES (${workspace}, ${job.id}, ${job.kind}, ${job.journey}, ${json(job.spec)}, ${job.total}, ${by}, ${now})`);
  await ensureJob(tx, workspace, job.id);
  await ring(tx, workspace, [jobConductor(job.id)]);
}

/** The job of a kind that a journey is under just now. */
export const runningJob = (
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  kind: JobKind,
): Promise<{ id: JobId } | undefined> =>
  tx.one(sql`
    SELECT id FROM job WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND kind = ${kind} AND state = 'running' LIMIT 1`);
