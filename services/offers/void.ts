import { z } from "zod";
import type { CouponId, OfferId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { CouponView, couponNamed, noCoupon, readCoupons } from "./coupon-view";
import { CouponName } from "./coupons";
import { countIssued } from "./stock";
import { tellCoupon } from "./tell";

/** Makes a coupon worthless. Its place in the stock and under the member's cap is free again. */
export const voidCoupon = useCase({
  may: "coupon.void",
  input: z.strictObject({ coupon: CouponName, reason: z.string().trim().min(1).max(200) }),
  output: CouponView,
  audit: "coupon.voided",
  says: "Void a coupon that was not used; it goes back to the stock",
  async run({ tx, actor: { workspace }, now }, { coupon }) {
    const named = couponNamed(coupon);
    const found =
      named &&
      (await tx.one<{ id: CouponId; offer_id: OfferId }>(
        sql`SELECT c.id, c.offer_id FROM coupon c WHERE c.workspace_id = ${workspace} AND ${named}`,
      ));
    if (!found) return noCoupon(named, ["coupon"]);
    // The counter before the coupon: issuing and voiding wait for each other in one order.
    countIssued(tx, workspace, new Map([[found.offer_id, -1]]));
    const voided = await tx.run(
      sql`UPDATE coupon SET state = 'void' WHERE workspace_id = ${workspace} AND id = ${found.id} AND state = 'issued'`,
    );
    const [after] = await readCoupons(tx, workspace, sql`c.id = ${found.id}`, 1, now);
    if (!voided)
      return after?.state === "void"
        ? refuse("coupon_void", "this coupon was voided before")
        : refuse("coupon_redeemed", "this coupon was used; cancel its redemption first");
    if (!after) return refuse("not_found");
    await tellCoupon(tx, workspace, "coupon_voided", after, now);
    return ok(after);
  },
});
