import type { Locale } from "@/core/text";

/** What of the offer list lives in the address; `new` opens the form. */
export const OFFER_FILTERS = ["q", "state", "sort", "order", "view", "new"] as const;

/** What of the lists of coupons and of redemptions lives in the address. */
export const LEDGER_FILTERS = ["q", "offer", "state", "within", "from", "to", "view"] as const;
export const LEDGERS = ["coupons", "redemptions"] as const;
export type Ledger = (typeof LEDGERS)[number];

/** The list's query; what is sorted by name is sorted by the names that its reader sees. */
export const inOwnNames = <F extends { sort?: string | null }>(
  filters: F,
  language: Locale,
): F & { language?: Locale } => (filters.sort === "name" ? { ...filters, language } : filters);
