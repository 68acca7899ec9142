/** What of the audit lives in the address. */
export const AUDIT_FILTERS = ["q", "actor", "thing", "subject", "from", "to", "order", "view"] as const;
