/** What of the member list lives in the address. */
export const MEMBER_FILTERS = ["q", "tier", "tag", "segment", "anonymous", "sort", "order", "view"] as const;
