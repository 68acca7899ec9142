import type { CouponId, WorkspaceId } from "@/core/ids";
import { isUuid, uuidBytes, uuidOf } from "@/core/uuid";
import { config } from "@/platform/config";
import { seal, unseal } from "@/platform/signed";

/**
 * Where a member shows a coupon at the till. Signed, so that nobody finds another's by trying; the row says whether it can be used. One that was
 * only pretended has no page.
 */
export const couponLink = (workspace: WorkspaceId, coupon: string): string =>
  `${config().PUBLIC_API_URL}/c/${isUuid(coupon) ? signCoupon(workspace, coupon) : "sample"}`;

export const signCoupon = (workspace: WorkspaceId, coupon: string): string =>
  seal("coupon", Buffer.concat([uuidBytes(workspace), uuidBytes(coupon)]));

/** The coupon of a token that we signed; null for any other text. */
export function verifyCoupon(token: string): { workspace: WorkspaceId; coupon: CouponId } | null {
  const body = unseal("coupon", token);
  if (body?.length !== 32) return null;
  return { workspace: uuidOf(body.subarray(0, 16)) as WorkspaceId, coupon: uuidOf(body.subarray(16)) as CouponId };
}
