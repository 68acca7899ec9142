import type { CouponId, OfferId } from "@/core/ids";

/** What issuing gives back: enough to name the coupon in a message. */
export type IssuedCoupon = {
  id: CouponId;
  code: string;
  offer: OfferId;
  name: string;
  startsAt: Date | null;
  expiresAt: Date | null;
};
