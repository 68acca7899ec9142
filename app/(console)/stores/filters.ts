/** What of the store list lives in the address. */
export const STORE_FILTERS = ["q", "merchant", "state", "sort", "order", "view"] as const;
