import type { OfferId } from "@/core/ids";
import { depthAfter } from "@/core/plan/control";
import { issueCoupons } from "../../offers/issue";
import type { Apply } from "./apply";

/** Coupons of one step are given together or not at all: stock and caps are shared out by run, in entry order. */
export const issueCoupon: Apply<"issueCoupon"> = async (tx, { workspace, now, shelf }, grants) => {
  const issued = await issueCoupons(
    tx,
    workspace,
    grants.map(({ run, step, effect }) => ({
      member: run.member,
      offer: effect.offer as OfferId,
      source: `journey:${run.journey}`,
      run: run.id,
      step,
      together: run.id,
      depth: depthAfter(run),
    })),
    now,
    shelf,
  );
  return issued.map((one) => {
    if (!one.ok) return { ok: false, reason: one.reason };
    const { startsAt, expiresAt, ...coupon } = one.coupon;
    return {
      ok: true,
      coupon: { ...coupon, ...(startsAt && { startsAt: startsAt.getTime() }), expiresAt: expiresAt?.getTime() ?? null },
    };
  });
};
