import { cancelRedemption } from "@/services/offers/redeeming/cancel-redemption";
import { evaluate } from "@/services/offers/redeeming/evaluate";
import { redeem } from "@/services/offers/redeeming/redeem";
import { getRedemption, listRedemptions } from "@/services/offers/redeeming/redemptions";
import { type Route, route } from "../route";

export const redemptions: Route[] = [
  route("GET /redemptions", listRedemptions),
  route("POST /redemptions/evaluate", evaluate),
  route("POST /redemptions/confirm", redeem),
  route("GET /redemptions/:redemption", getRedemption),
  route("POST /redemptions/:redemption/cancel", cancelRedemption),
];
