import { Context } from "@temporalio/activity";

/** Of the 8 s that a stopping worker has, so much for calls to end by themselves; the rest is for writing what became of them. */
const GRACE_MS = 4000;

/** How long calls under way may take to end now that their activity ends, in milliseconds; undefined: as long as a call takes, no worker stops. */
export const graceMs = (): number | undefined =>
  Context.current().cancellationDetails?.workerShutdown ? GRACE_MS : undefined;
