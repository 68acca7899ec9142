/** What a member's timeline tells of, each with the permission that reads it: who may see the member may not see all that it did. */
export const MOMENT_KINDS = {
  event: "event.read",
  coupon: "coupon.read",
  redemption: "coupon.read",
  points: "points.read",
  message: "message.read",
  webhook: "run.read",
  consent: "member.read",
  run: "run.read",
} as const;
export type MomentKind = keyof typeof MOMENT_KINDS;
