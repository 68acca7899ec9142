import type { Client } from "@temporalio/client";
import { readiness } from "@/services/events/readiness";

const PATIENCE_MS = 2000;

/** What carries a worker's tasks: `polls` = every kind of work is asked for right now. */
export type Carried = { readonly client: Client; polls(): boolean };

/**
 * Why this process does no work right now; undefined when it does: the database answers in time and has every migration, Temporal answers, and the
 * workers poll it. `carried` is absent until they began.
 */
export async function unready(carried: Carried | undefined): Promise<string | undefined> {
  const [database, temporal] = await Promise.all([readiness(), temporalLacks(carried)]);
  return database ?? temporal;
}

async function temporalLacks(carried: Carried | undefined): Promise<string | undefined> {
  if (!carried) return "Temporal does not answer yet";
  try {
    const { connection } = carried.client;
    await connection.withDeadline(Date.now() + PATIENCE_MS, () => connection.workflowService.getSystemInfo({}));
  } catch {
    return `Temporal does not answer within ${PATIENCE_MS / 1000} s`;
  }
  return carried.polls() ? undefined : "the workers do not poll Temporal";
}
