import type { CouponFacts, NodeVars, RunVars } from "./facts";

/** A coupon that is given after another of the same reward: it keeps those before it. */
export function givenAfter(before: CouponFacts | undefined, coupon: CouponFacts): CouponFacts {
  if (!before) return coupon;
  const { with: earlier = [], ...last } = before;
  return { ...coupon, with: [...earlier, last] };
}

/** What one node gave last, in the order of its grants. */
export const couponsOf = (vars: Pick<NodeVars, "coupon"> | undefined): CouponFacts[] =>
  vars?.coupon ? [...(vars.coupon.with ?? []), vars.coupon] : [];

/** A run's coupons, in the order of issue: of each node what it gave last. */
export const couponsOfRun = (vars: RunVars): CouponFacts[] =>
  Object.values(vars)
    .sort((a, b) => a.order - b.order)
    .flatMap(couponsOf);

/**
 * What `coupon.of.<node>.<name>` (that node's last coupon) and `coupon.of.<node>.<place>.<name>` (its first, second …) name, with or without
 * the room before it; undefined = the path names no node.
 */
export function namedCoupon(path: string): { node: string; place?: number; name: string } | undefined {
  const [, node, place, name] = /^(?:coupon\.)?of\.([^.]+)\.(?:([1-9]\d?)\.)?([^.]+)$/.exec(path) ?? [];
  if (node === undefined || name === undefined) return undefined;
  return { node, name, ...(place !== undefined && { place: Number(place) }) };
}
