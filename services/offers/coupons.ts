import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import { ok } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { join, type Sql, sql } from "@/platform/db";
import { memberMeant } from "../access/survivor";
import { useCase } from "../access/use-case";
import { membersFound } from "../members/member-search";
import { inSpan } from "../workspaces/in-span";
import { periodInput, spanOf } from "../workspaces/period";
import { CouponView, couponNamed, noCoupon, readCoupons } from "./coupon-view";

export const CouponName = z.string().trim().min(1).max(60).describe("the coupon's id, or its code as typed or scanned");

const ListCoupons = z.object({
  ...pageInput,
  member: z.uuid().optional(),
  offer: z.uuid().optional(),
  state: z.enum(["issued", "redeemed", "void", "expired"]).optional(),
  q: z
    .string()
    .trim()
    .max(120)
    .optional()
    .describe("a coupon's code or id; or a member's name, phone, email, card or number"),
  ...periodInput,
});

export const listCoupons = useCase({
  may: "coupon.read",
  input: ListCoupons,
  output: z.object({ items: z.array(CouponView), next: z.string().nullable() }),
  says: "Coupons by member, offer, state, time of issue and words, newest first",
  async run({ tx, actor: { workspace }, now }, { cursor, limit, member, offer, state, q, ...period }) {
    const where: Sql[] = [sql`true`];
    if (member) where.push(sql`c.member_id = ${await memberMeant(tx, workspace, member)}`);
    if (offer) where.push(sql`c.offer_id = ${offer}`);
    if (state === "expired") where.push(sql`c.state = 'issued' AND c.expires_at < ${now}`);
    else if (state === "issued")
      where.push(sql`c.state = 'issued' AND (c.expires_at IS NULL OR c.expires_at >= ${now})`);
    else if (state) where.push(sql`c.state = ${state}`);
    if (q) {
      const named = couponNamed(q) ?? sql`false`;
      where.push(sql`(${named} OR c.member_id IN ${await membersFound(tx, workspace, q)})`);
    }
    where.push(...inSpan(await spanOf(tx, workspace, period, now), { at: sql`c.issued_at`, id: sql`c.id` }));
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
