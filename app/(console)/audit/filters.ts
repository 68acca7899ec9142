/** What of the audit lives in the address. */
export const AUDIT_FILTERS = [
  "q",
  "actor",
  "thing",
  "action",
  "subject",
  "newest",
  "oldest",
  "within",
  "from",
  "to",
  "order",
  "fold",
  "view",
] as const;

/** What the list is asked: folded, unless every line is wanted or the lines of one fold are looked at. */
export const auditQuery = <F extends { fold?: string | null; newest?: string | null }>(filters: F) => ({
  ...filters,
  fold: filters.fold ?? (filters.newest ? "none" : "programs"),
});
