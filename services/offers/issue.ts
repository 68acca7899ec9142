import type { OfferId, WorkspaceId } from "@/core/ids";
import type { Refusal } from "@/core/refusals";
import type { Tx } from "@/platform/db";
import type { IssuedCoupon } from "./issued-coupon";
import { type CouponGrant, planCoupons } from "./plan";
import { writeCoupons } from "./write";

export type Issued = { ok: true; coupon: IssuedCoupon } | { ok: false; reason: Refusal };

/**
 * Issues a set of coupons in the caller's transaction and answers in the order of the grants; earlier grants are served first when a
 * stock runs out. A step of several effects that is all or nothing calls `planCoupons` first, then writes every effect only for the
 * members whose plan held in all of them (`writeCoupons`); points are never refused, so a reward plans its coupons alone. `counted`: as there.
 */
export async function issueCoupons(
  tx: Tx,
  workspace: WorkspaceId,
  grants: readonly CouponGrant[],
  now: Date,
  counted?: Map<OfferId, number>,
): Promise<Issued[]> {
  if (grants.length === 0) return [];
  const planned = await planCoupons(tx, workspace, grants, now);
  const coupons = await writeCoupons(
    tx,
    workspace,
    planned.filter((plan) => plan.ok),
    now,
    counted,
  );
  const next = coupons[Symbol.iterator]();
  return planned.map((plan) => {
    if (!plan.ok) return plan;
    const { value } = next.next();
    if (!value) throw new Error("a planned coupon was not written");
    return { ok: true, coupon: value };
  });
}
