import { cancelRedemption } from "@/services/offers/cancel-redemption";
import { evaluate } from "@/services/offers/evaluate";
import { redeem } from "@/services/offers/redeem";
import { getRedemption, listRedemptions } from "@/services/offers/redemptions";
import { type Route, route } from "../route";

export const redemptions: Route[] = [
  route("GET /redemptions", listRedemptions),
  route("POST /redemptions/evaluate", evaluate),
  route("POST /redemptions/confirm", redeem),
  route("GET /redemptions/:redemption", getRedemption),
  route("POST /redemptions/:redemption/cancel", cancelRedemption),
];
