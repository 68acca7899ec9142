/** What of the journey list lives in the address. */
export const JOURNEY_FILTERS = ["q", "state", "label", "sort", "order", "view"] as const;
