import type { Refusal, Refused } from "@/core/refusals";
import type { Locale } from "@/core/text";
import { detailInChinese, TITLES } from "./chinese";

/** Which HTTP status each reason is told with. A missing reason does not compile. */
export const STATUS = {
  not_found: 404,
  not_allowed: 403,
  not_signed_in: 401,
  somebody_else: 403,
  invalid: 400,
  conflict: 409,
  too_large: 413,
  too_many_requests: 429,
  busy: 503,
  key_reused: 422,
  wrong_method: 405,
  wrong_content_type: 415,
  out_of_stock: 409,
  over_cap: 409,
  offer_inactive: 409,
  held: 409,
  refused: 409,
  coupon_redeemed: 409,
  coupon_expired: 409,
  coupon_void: 409,
  coupon_of_other_member: 409,
  order_has_coupon: 409,
  below_threshold: 409,
  no_discount: 409,
  store_not_eligible: 409,
  redemption_cancelled: 409,
  not_enough_points: 409,
  has_problems: 422,
  needs_approval: 409,
  revision_changed: 409,
  not_live: 409,
  too_deep: 409,
  not_a_number: 409,
  beyond_number: 409,
  no_value: 409,
  not_keepable: 409,
  journey_stopped: 409,
  passed_over: 409,
  left_on_publish: 409,
  left_on_resume: 409,
  taken_out: 409,
  left_journey: 409,
  no_address: 409,
  no_consent: 409,
  suppressed: 409,
  expired: 409,
  content_failed: 422,
  sensitive_tag: 409,
  complaint_pause: 409,
  quiet_hours: 409,
  frequency_cap: 409,
  over_budget: 409,
} as const satisfies Record<Refusal, number>;

/** An error answer as RFC 9457 has it; `code` is stable, `path` leads to the bad field, `detail` says what would be right. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: Refusal | "internal";
  detail?: string;
  path?: string;
  /** Of `revision_changed`: the stored one. */
  revision?: number;
};

export const PROBLEM_JSON = "application/problem+json";

/** How the API's document tells of an answer that is a problem; its schema stands in `docs.ts`. */
export const problemAnswer = (description = "A problem (RFC 9457)") => ({
  description,
  content: { [PROBLEM_JSON]: { schema: { $ref: "Problem#" } } },
});

/** A refusal as a caller reads it, in their language. */
export const problem = (refused: Refused, locale: Locale = "en"): Problem => ({
  type: `urn:regulars:problem:${refused.reason}`,
  title:
    locale === "zh-CN"
      ? TITLES[refused.reason]
      : refused.reason.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase()),
  status: STATUS[refused.reason],
  code: refused.reason,
  ...(refused.detail !== undefined && {
    detail: locale === "zh-CN" ? (refused.chinese ?? detailInChinese(refused.detail)) : refused.detail,
  }),
  ...(refused.path !== undefined && { path: pointer(refused.path) }),
  ...(refused.revision !== undefined && { revision: refused.revision }),
});

/** What a caller learns of a mistake of ours: nothing but the request's id, which the log has too. */
export const internalProblem = (request: string): Problem => ({
  type: "urn:regulars:problem:internal",
  title: "Internal error",
  status: 500,
  code: "internal",
  detail: `our mistake; the log tells more of request ${request}`,
});

/** `items[2].price`, the way a programmer writes it. */
export const pointer = (path: readonly (string | number)[]): string =>
  path.map((part, i) => (typeof part === "number" ? `[${part}]` : i === 0 ? part : `.${part}`)).join("");
