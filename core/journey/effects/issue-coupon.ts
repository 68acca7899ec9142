import { z } from "zod";
import { type EffectKind, NOTHING } from "./effect-kind";

export const issueCoupon: EffectKind<"issueCoupon"> = {
  schema: z.strictObject({ type: z.literal("issueCoupon"), offer: z.uuid() }),
  bound: ({ offer }) => ({ ...NOTHING, coupons: { [offer]: 1 } }),
  tells: ({ offer }) => [
    { event: "coupon_issued", knows: { offer_id: offer }, isSure: false, comes: "at once" },
    { event: "coupon_expiring", knows: { offer_id: offer }, isSure: false, comes: "in time" },
    { event: "coupon_expired", knows: { offer_id: offer }, isSure: false, comes: "in time" },
  ],
  pretend({ offer }, stage) {
    const known = stage.offer(offer);
    const code = `SAMPLE-${String(stage.sequence).padStart(4, "0")}`;
    const { name, names, expiresAt } = known ?? { name: offer, expiresAt: null };
    return { coupon: { id: code, code, offer, name, ...(names && { names }), expiresAt } };
  },
  alter(_effect, member, _entry, { coupon }) {
    if (!coupon || !member.coupons) return member;
    const { offer, startsAt = null, expiresAt } = coupon;
    return { ...member, coupons: [...member.coupons, { offer, startsAt, expiresAt }] };
  },
};
