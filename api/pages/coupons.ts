import type { FastifyInstance } from "fastify";
import { instant } from "@/platform/clock";
import { readShownCoupon } from "@/services/offers/shown-coupon";
import { couponPage, noCouponPage } from "./coupon-page";
import { localeOf } from "./links";

/** Where a member shows a coupon: a page to be looked at and scanned, no script, no sign-in. It changes nothing; a till redeems by the code. */
export async function coupons(app: FastifyInstance): Promise<void> {
  app.get<{ Params: { token: string } }>("/c/:token", { schema: { hide: true } }, async (request, reply) => {
    const coupon = await readShownCoupon(request.params.token, instant());
    const locale = localeOf(request, coupon?.locale ?? null);
    reply
      .type("text/html; charset=utf-8")
      .header("cache-control", "no-store")
      .header("x-robots-tag", "noindex")
      .header("referrer-policy", "no-referrer");
    return coupon ? reply.send(couponPage(coupon, locale)) : reply.code(404).send(noCouponPage(locale));
  });
}
