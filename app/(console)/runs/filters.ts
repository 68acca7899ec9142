/** What of the run list lives in the address. */
export const RUN_FILTERS = [
  "q",
  "journey",
  "version",
  "member",
  "node",
  "state",
  "reached",
  "left",
  "by",
  "since",
  "reason",
  "archived",
  "within",
  "from",
  "to",
  "order",
  "view",
] as const;
export const RUN_STATES = ["ready", "parked", "held", "goal", "done", "exited", "failed"] as const;
