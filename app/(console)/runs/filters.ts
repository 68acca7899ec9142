/** What of the run list lives in the address. */
export const RUN_FILTERS = ["journey", "member", "node", "state"] as const;
export const RUN_STATES = ["ready", "parked", "held", "goal", "done", "exited", "failed"] as const;
