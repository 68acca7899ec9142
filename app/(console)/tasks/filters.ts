/** What of the task list lives in the address. */
export const TASK_FILTERS = ["q", "state", "kind", "role", "store", "member", "sort", "order", "view"] as const;
