import type { Tx } from "@/platform/db";
import type { Batch, Job } from "../../jobs/job";

/**
 * One bounded batch of a job, in the transaction that notes it; "wait": what it works on is not ready, it is to be asked again later. `now` is
 * the database's clock. Locks in the engine's order; the job's row is held.
 */
export type BatchOf = (tx: Tx, job: Job, now: Date) => Promise<Batch | "wait">;
