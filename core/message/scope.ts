import type { Locale } from "../text";

/** A coupon issued in this run, as a template sees it. */
export type CouponInScope = {
  code: string;
  name: string;
  /** To the page that shows it at the till. */
  link: string;
  expires_at: string | null;
  [field: string]: unknown;
};

type LinkOrLinks = string | Record<string, string> | undefined;

/** What a template may read: `{{ member.name }}`, `{{ event.properties.total }}`, `{{ coupon.code }}`, `{{ links.unsubscribe }}` … */
export type Scope = {
  locale: Locale;
  /** The zone and the instant that the `date` filter uses. */
  timeZone: string;
  now: Date;
  currency: string;
  member: Record<string, unknown>;
  /** The entry event; absent for journeys that no event started. */
  event?: Record<string, unknown>;
  /** In the order of issue; `coupon` is the last one. */
  coupons: CouponInScope[];
  store?: Record<string, unknown>;
  merchant?: Record<string, unknown>;
  workspace: { name: string; [field: string]: unknown };
  links: { unsubscribe?: string; [name: string]: LinkOrLinks };
  /** What came back to the run: the latest, and by node. */
  answer?: Record<string, unknown>;
  answers?: Record<string, unknown>;
};
