import { z } from "zod";
import { verdictOf } from "@/core/loyalty/verdict";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { signature } from "../../access/actor";
import { survivorOf } from "../../access/survivor";
import { useCase } from "../../access/use-case";
import { couponNamed, noCoupon } from "../coupon-view";
import { CouponName } from "../coupons";
import { heldCoupons } from "../held";
import { tellRedeemed } from "../tell";
import { basketInput, Money, readBasket } from "./basket";
import { countRedeemed } from "./count";
import { besideOthers, couponsOf, lockOrder } from "./order-coupons";
import { RedemptionView, readRedemptions } from "./redemption-view";

const Redeem = z.strictObject({
  code: CouponName,
  member: z.uuid().optional(),
  ...basketInput,
  discount: Money.optional().describe("what evaluate said that it takes off: refused where that is another by now"),
});

/** Uses a coupon for an order: accepted once and never twice, with or without an Idempotency-Key. */
export const redeem = useCase({
  may: "coupon.redeem",
  input: Redeem,
  output: RedemptionView,
  audit: "coupon.redeemed",
  says: "Use a coupon for an order; accepted once",
  async run({ tx, actor, now, newId }, input) {
    const { workspace } = actor;
    const till = await readBasket(tx, workspace, input);
    if (!till.ok) return till;
    const { basket, place } = till.value;
    const named = couponNamed(input.code);
    // The lock on the coupon's row is what makes it once: a twin waits here, and then reads that it is used.
    const [coupon] = named ? await heldCoupons(tx, workspace, named, 1, now, "lock") : [];
    if (!coupon) return noCoupon(named, ["code"]);
    if (input.member !== undefined && (await survivorOf(tx, workspace, input.member)) !== coupon.member)
      return refuse("coupon_of_other_member", "this coupon is another member's", ["member"]);
    const order = { orderRef: input.orderRef, store: basket.store, zone: place.zone };
    // After the coupon: whoever holds another coupon for this order waits here for the one that came first.
    await lockOrder(tx, workspace, order);
    const others = await couponsOf(tx, workspace, order, now);
    const verdict = besideOthers(verdictOf(coupon, basket, now, place), others, coupon.terms);
    if (!verdict.applies) return refuse(verdict.reason, verdict.says);
    // The offer was changed meanwhile, or the basket was: the customer was told another price.
    if (input.discount !== undefined && input.discount !== verdict.discount)
      return refuse(
        "conflict",
        {
          en: `This coupon takes ${verdict.discount} off this order, not ${input.discount}; evaluate again.`,
          "zh-CN": `该优惠券对此订单减免 ${verdict.discount}，而非 ${input.discount}；请重新试算。`,
        },
        ["discount"],
      );

    const id = newId();
    await tx.run(sql`
      INSERT INTO redemption (workspace_id, id, coupon_id, member_id, store_id, order_ref, amount, discount, state, at, actor)
      VALUES (${workspace}, ${id}, ${coupon.id}, ${coupon.member}, ${basket.store}, ${input.orderRef ?? null}, ${basket.amount}, ${verdict.discount}, 'confirmed', ${now}, ${signature(actor)})`);
    await tx.run(
      sql`UPDATE coupon SET state = 'redeemed', redeemed_at = ${now} WHERE workspace_id = ${workspace} AND id = ${coupon.id}`,
    );
    await countRedeemed(tx, workspace, coupon.offer, 1);
    const [redemption] = await readRedemptions(tx, workspace, sql`r.id = ${id}`, 1);
    if (!redemption) return refuse("not_found");
    await tellRedeemed(tx, workspace, redemption);
    return ok(redemption);
  },
});
