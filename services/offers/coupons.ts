import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import { ok } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { join, type Sql, sql } from "@/platform/db";
import { memberMeant } from "../access/survivor";
import { useCase } from "../access/use-case";
import { CouponView, couponNamed, noCoupon, readCoupons } from "./coupon-view";

export const CouponName = z.string().trim().min(1).max(60).describe("the coupon's id, or its code as typed or scanned");

const ListCoupons = z.object({
  ...pageInput,
  member: z.uuid().optional(),
  offer: z.uuid().optional(),
  state: z.enum(["issued", "redeemed", "void", "expired"]).optional(),
});

export const listCoupons = useCase({
  may: "coupon.read",
  input: ListCoupons,
  output: z.object({ items: z.array(CouponView), next: z.string().nullable() }),
  says: "Coupons, newest first, of a member or an offer",
  async run({ tx, actor: { workspace }, now }, { cursor, limit, member, offer, state }) {
    const where: Sql[] = [sql`true`];
    if (member) where.push(sql`c.member_id = ${await memberMeant(tx, workspace, member)}`);
    if (offer) where.push(sql`c.offer_id = ${offer}`);
    if (state === "expired") where.push(sql`c.state = 'issued' AND c.expires_at < ${now}`);
    else if (state === "issued")
      where.push(sql`c.state = 'issued' AND (c.expires_at IS NULL OR c.expires_at >= ${now})`);
    else if (state) where.push(sql`c.state = ${state}`);
    const after = String(fromCursor(cursor)?.[0] ?? "");
    if (isUuid(after)) where.push(sql`c.id < ${after}`);
    return ok(
      page(await readCoupons(tx, workspace, join(where, " AND "), limit + 1, now), limit, (coupon) => [coupon.id]),
    );
  },
});

export const getCoupon = useCase({
  may: "coupon.read",
  input: z.object({ coupon: CouponName }),
  output: CouponView,
  says: "One coupon by its id or code",
  async run({ tx, actor: { workspace }, now }, { coupon }) {
    const named = couponNamed(coupon);
    const [found] = named ? await readCoupons(tx, workspace, named, 1, now) : [];
    return found ? ok(found) : noCoupon(named, ["coupon"]);
  },
});
