/** What of the accepted events' list is kept in views, and what of the rejected ones' lives in the address. */
export const EVENT_FILTERS = ["name", "member", "q", "within", "from", "to", "order"] as const;
export const LETTER_FILTERS = ["kind", "cause", "name", "q", "within", "from", "to", "state", "order"] as const;
