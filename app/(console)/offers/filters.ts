/** What of the offer list lives in the address; `new` opens the form. */
export const OFFER_FILTERS = ["q", "state", "sort", "order", "view", "new"] as const;
