import type { WorkspaceId } from "@/core/ids";
import type { Refusal } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import type { Tx } from "@/platform/db";
import { lockMembers } from "../members/lock";
import type { IssuedCoupon } from "./issued-coupon";
import { type CouponGrant, planCoupons } from "./plan";
import { openShelf, type Shelf } from "./shelf";
import { countIssued } from "./stock";
import { writeCoupons } from "./write";

export type Issued = { ok: true; coupon: IssuedCoupon } | { ok: false; reason: Refusal };

/**
 * Issues a set of coupons in the caller's transaction and answers in the order of the grants; earlier grants are served first when a
 * stock runs out. A caller that issues more than once in a transaction opens the shelf for all of it and counts at its end (`countIssued`).
 */
export async function issueCoupons(
  tx: Tx,
  workspace: WorkspaceId,
  grants: readonly CouponGrant[],
  now: Date,
  opened?: Shelf,
): Promise<Issued[]> {
  if (grants.length === 0) return [];
  const shelf = opened ?? (await ownShelf(tx, workspace, grants));
  const planned = await planCoupons(tx, workspace, grants, now, shelf);
  const coupons = await writeCoupons(
    tx,
    workspace,
    planned.filter((plan) => plan.ok),
    now,
    shelf,
  );
  if (!opened) countIssued(tx, workspace, shelf.counted);
  const next = coupons[Symbol.iterator]();
  return planned.map((plan) => {
    if (!plan.ok) return plan;
    const { value } = next.next();
    if (!value) throw new Error("a planned coupon was not written");
    return { ok: true, coupon: value };
  });
}

/** Members before counters, as everywhere. */
async function ownShelf(tx: Tx, workspace: WorkspaceId, grants: readonly CouponGrant[]): Promise<Shelf> {
  const offers = [...new Set(grants.map(({ offer }) => offer))].filter(isUuid);
  const members = grants.map(({ member }) => member);
  const [, shelf] = await Promise.all([lockMembers(tx, workspace, members), openShelf(tx, workspace, offers)]);
  return shelf;
}
