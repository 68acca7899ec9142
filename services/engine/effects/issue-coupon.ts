import type { OfferId, RunId } from "@/core/ids";
import { depthAfter } from "@/core/plan/control";
import { givenAfter } from "@/core/rules/coupons-of";
import type { CouponFacts } from "@/core/rules/facts";
import { issueCoupons } from "../../offers/issue";
import type { Applied, Apply } from "./apply";

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
  const last = new Map<RunId, CouponFacts>();
  return issued.map((one, i): Applied => {
    if (!one.ok) return { ok: false, reason: one.reason };
    const { startsAt, expiresAt, ...known } = one.coupon;
    const instants = { ...(startsAt && { startsAt: startsAt.getTime() }), expiresAt: expiresAt?.getTime() ?? null };
    const run = grants[i]?.run.id;
    const coupon = givenAfter(run && last.get(run), { ...known, ...instants });
    if (run) last.set(run, coupon);
    return { ok: true, coupon };
  });
};
