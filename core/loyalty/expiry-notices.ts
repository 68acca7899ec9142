/** So many days before a coupon's end a `coupon_expiring` tells of it; 0 is `coupon_expired`. One that lives shorter is told of later only. */
export const COUPON_NOTICES = [7, 3, 1, 0] as const;
/** So many days before the last day of points a `points_expiring` tells of them. */
export const POINTS_NOTICES = [30, 7, 1] as const;
