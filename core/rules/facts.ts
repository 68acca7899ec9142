import type { PlanId } from "../ids";
import type { OfferNames } from "../loyalty/offer-name";

/** What a rule is read against. Instants are epoch milliseconds, dates `YYYY-MM-DD`, money minor units. */
export type Facts = {
  member: MemberFacts;
  /** The event being judged; absent when a step decides without one. */
  event?: EventFacts;
  /** The event that started the run. */
  entry?: EventFacts;
  /** What this run's effects returned, by node id: `run.vars`. */
  vars?: RunVars;
  /** The node where the run stands: what a kind compiles to may ask for its own `here.message`, `here.task` … */
  node?: string;
  now: number;
  /** The zone windows of days are counted in. */
  zone: string;
};

export type MemberFacts = {
  id: string;
  isAnonymous: boolean;
  name: string | null;
  phone: string | null;
  email: string | null;
  locale: string | null;
  timeZone: string | null;
  birthday: string | null;
  gender: string | null;
  tier: string;
  joinedAt: number;
  joinedStore: string | null;
  /** Of the store they joined at; absent or null = it goes by the workspace's clocks. */
  storeZone?: string | null;
  orders: number;
  spent: number;
  firstOrderAt: number | null;
  lastOrderAt: number | null;
  visits: number;
  lastVisitAt: number | null;
  lastSeenAt: number | null;
  points: number;
  tags: string[];
  attributes: Record<string, unknown>;
  /** Coupons neither used nor withdrawn; absent = no rule in question asks for them, so they were not read. */
  coupons?: HeldCoupon[];
  /** Daily facts, newest day first; loaded as far back as the plans in question look. */
  days: { name: string; day: string; count: number; amount: number }[];
};

export type EventFacts = {
  id: string;
  name: string;
  properties: Record<string, unknown>;
  occurredAt: number;
  acceptedAt: number;
  isHistorical: boolean;
  /** How many journeys one after another led to it; absent = none: a sender's event, or a ledger's. */
  depth?: number;
  /** The plans of those journeys that asked for tags or segments: by what they found the member. Absent = none did. */
  through?: PlanId[];
  /** It tells again of an order what was told before: seen, and counted no second time. */
  isRepeat?: true;
  /** It tells of a survivor what was so of a member who merged into it: runs act on it, and nothing begins, since it came about before. */
  isInherited?: true;
};

/** By node id, plus the order in which they came, so that `coupon.code` means the latest coupon of this run. */
export type RunVars = Record<string, NodeVars>;
export type NodeVars = {
  order: number;
  coupon?: CouponFacts;
  points?: number;
  message?: string;
  /** When quiet hours let that message leave, epoch milliseconds; absent = at once. */
  leaves?: number;
  /** A staff task, an approval or a survey that the node opened. */
  task?: string;
  /** The same, where it is a survey: `links.survey` leads to it. */
  survey?: string;
  /** An outgoing webhook. */
  call?: string;
  /** What came back: a task's outcome, a survey's answers, a webhook's reply. */
  answer?: Record<string, unknown>;
};
/** When a coupon of an offer can be used, epoch milliseconds; null = at once, without end. */
export type HeldCoupon = { offer: string; startsAt: number | null; expiresAt: number | null };
export type CouponFacts = {
  id: string;
  code: string;
  offer: string;
  name: string;
  /** Per language, where the offer was named so. */
  names?: OfferNames;
  startsAt?: number;
  expiresAt: number | null;
  /** Those that were given before it in the same reward; absent = it came alone. */
  with?: CouponFacts[];
};
