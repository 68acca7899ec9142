/** What of the task list lives in the address. */
export const TASK_FILTERS = ["state", "kind", "role", "member"] as const;
