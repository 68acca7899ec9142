import type { CouponId, OfferId } from "@/core/ids";
import type { OfferNames } from "@/core/loyalty/offer-name";

/** What issuing gives back: enough to name the coupon in a message. */
export type IssuedCoupon = {
  id: CouponId;
  code: string;
  offer: OfferId;
  name: string;
  /** Absent where the offer has one name for all. */
  names?: OfferNames;
  startsAt: Date | null;
  expiresAt: Date | null;
};
