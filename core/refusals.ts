import type { Text } from "./text";

/**
 * The one union of reasons why something expected did not happen. `api/answers/problem.ts` maps each to an HTTP status,
 * `app/_i18n` to a sentence that a cashier or marketer can read.
 */
export const REFUSALS = [
  // doors
  "not_found",
  "not_allowed",
  "not_signed_in",
  "somebody_else",
  "invalid",
  "conflict",
  "too_large",
  "too_many_requests",
  "busy",
  "key_reused",
  "wrong_method",
  "wrong_content_type",
  // offers and coupons
  "out_of_stock",
  "over_cap",
  "offer_inactive",
  "held",
  "refused",
  "coupon_redeemed",
  "coupon_expired",
  "coupon_void",
  "coupon_of_other_member",
  "order_has_coupon",
  "below_threshold",
  "no_discount",
  "store_not_eligible",
  "redemption_cancelled",
  // points
  "not_enough_points",
  // journeys
  "has_problems",
  "needs_approval",
  "revision_changed",
  "not_live",
  "too_deep",
  "not_a_number",
  "beyond_number",
  "no_value",
  "not_keepable",
  "journey_stopped",
  "passed_over",
  "left_on_publish",
  "left_on_resume",
  "taken_out",
  "left_journey",
  // sends
  "no_address",
  "no_consent",
  "suppressed",
  "expired",
  "content_failed",
  "sensitive_tag",
  "complaint_pause",
  "quiet_hours",
  "frequency_cap",
  "over_budget",
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** What every use case returns: the value, or a reason with the place and what would be right. */
export type Outcome<T> = { ok: true; value: T } | Refused;
export type Refused = {
  ok: false;
  reason: Refusal;
  detail?: string;
  /** The detail for readers of Chinese, where it is made of more than one fixed sentence. */
  chinese?: string;
  path?: (string | number)[];
  /** The stored revision, where another was wanted. */
  revision?: number;
  /** After so many seconds the same may be done. */
  afterSeconds?: number;
};
export const refuse = (reason: Refusal, detail?: string | Text, path?: (string | number)[]): Refused => ({
  ok: false,
  reason,
  ...(typeof detail === "string" && { detail }),
  ...(typeof detail === "object" && { detail: detail.en, chinese: detail["zh-CN"] }),
  ...(path !== undefined && { path }),
});
/** Somebody has saved since: the caller's revision is not the stored one. */
export const revisionChanged = (stored: number): Refused => ({
  ...refuse("revision_changed", `the stored revision is ${stored}`, ["revision"]),
  revision: stored,
});
/** Not now: it may be done after so many seconds. */
export const refuseUntil = (
  reason: "busy" | "too_many_requests",
  detail: Text,
  afterSeconds: number,
): Refused & { afterSeconds: number } => ({
  ...refuse(reason, detail),
  afterSeconds: Math.max(1, Math.ceil(afterSeconds)),
});
export const ok = <T>(value: T): Outcome<T> => ({ ok: true, value });
