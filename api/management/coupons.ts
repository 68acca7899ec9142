import { getCoupon, listCoupons } from "@/services/offers/coupons";
import { voidCoupon } from "@/services/offers/void";
import { type Route, route } from "../route";

export const coupons: Route[] = [
  route("GET /coupons", listCoupons),
  route("GET /coupons/:coupon", getCoupon),
  route("POST /coupons/:coupon/void", voidCoupon),
];
