/** What of the journey list lives in the address; `new` opens the recipes. */
export const JOURNEY_FILTERS = ["q", "state", "label", "sort", "order", "view", "new"] as const;
