import { z } from "zod";
import type { OfferId } from "@/core/ids";
import { ok, type Refusal, refuse } from "@/core/refusals";
import type { Text } from "@/core/text";
import { sql } from "@/platform/db";
import { signature } from "../access/actor";
import { lockSurvivor } from "../access/survivor";
import { useCase } from "../access/use-case";
import { CouponView, readCoupons } from "./coupon-view";
import { issueCoupons } from "./issue";

const LACKS: Partial<Record<Refusal, Text>> = {
  not_found: { en: "no such offer", "zh-CN": "没有这个优惠" },
  offer_inactive: {
    en: "the offer is not active, or its validity is over",
    "zh-CN": "优惠未启用，或有效期已过",
  },
  out_of_stock: { en: "no coupon of this offer is left", "zh-CN": "此优惠的优惠券已发完" },
  over_cap: {
    en: "the member had as many coupons of this offer as a member may have",
    "zh-CN": "该会员领取此优惠的数量已达上限",
  },
};

/** Issues one coupon by hand or from a program. */
export const issueOffer = useCase({
  may: "coupon.issue",
  input: z.strictObject({ offer: z.uuid(), member: z.uuid() }),
  output: CouponView,
  audit: "coupon.issued",
  says: "Issue a coupon of an offer to a member",
  async run({ tx, actor, now }, { offer, member }) {
    const { workspace } = actor;
    // Locked for as long as the cap is counted.
    const owner = await lockSurvivor(tx, workspace, member);
    if (!owner) return refuse("not_found", "no such member", ["member"]);
    const [issued] = await issueCoupons(
      tx,
      workspace,
      [{ member: owner, offer: offer as OfferId, source: signature(actor) }],
      now,
    );
    if (!issued?.ok) return refuse(issued?.reason ?? "not_found", LACKS[issued?.reason ?? "not_found"], ["offer"]);
    const [coupon] = await readCoupons(tx, workspace, sql`c.id = ${issued.coupon.id}`, 1, now);
    return coupon ? ok(coupon) : refuse("not_found");
  },
});
