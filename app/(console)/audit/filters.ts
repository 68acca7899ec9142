/** What of the audit lives in the address. */
export const AUDIT_FILTERS = ["actor", "thing", "subject", "from", "to"] as const;
