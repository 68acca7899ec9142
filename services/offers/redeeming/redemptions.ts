import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import { ok, refuse } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { join, type Sql, sql } from "@/platform/db";
import { memberMeant } from "../../access/survivor";
import { useCase } from "../../access/use-case";
import { membersFound } from "../../members/member-search";
import { inSpan } from "../../workspaces/in-span";
import { periodInput, spanOf } from "../../workspaces/period";
import { couponNamed } from "../coupon-view";
import { RedemptionView, readRedemptions } from "./redemption-view";

const ListRedemptions = z.object({
  ...pageInput,
  member: z.uuid().optional(),
  coupon: z.uuid().optional(),
  orderRef: z.string().max(120).optional(),
  offer: z.uuid().optional(),
  state: z.enum(["confirmed", "cancelled"]).optional(),
  q: z
    .string()
    .trim()
    .max(120)
    .optional()
    .describe("an order number or a coupon's code; or a member's name, phone, email, card or number"),
  ...periodInput,
});

export const listRedemptions = useCase({
  may: "coupon.read",
  input: ListRedemptions,
  output: z.object({ items: z.array(RedemptionView), next: z.string().nullable() }),
  says: "Redemptions by member, coupon, offer, order, state, time and words, newest first",
  async run(
    { tx, actor: { workspace }, now },
    { cursor, limit, member, coupon, orderRef, offer, state, q, ...period },
  ) {
    const where: Sql[] = [sql`true`];
    if (member) where.push(sql`r.member_id = ${await memberMeant(tx, workspace, member)}`);
    if (coupon) where.push(sql`r.coupon_id = ${coupon}`);
    if (orderRef) where.push(sql`r.order_ref = ${orderRef}`);
    if (offer) where.push(sql`c.offer_id = ${offer}`);
    if (state) where.push(sql`r.state = ${state}`);
    if (q) {
      const code = couponNamed(q) ?? sql`false`;
      where.push(sql`(r.order_ref = ${q} OR ${code} OR r.member_id IN ${await membersFound(tx, workspace, q)})`);
    }
    where.push(...inSpan(await spanOf(tx, workspace, period, now), { at: sql`r.at`, id: sql`r.id` }));
    const after = String(fromCursor(cursor)?.[0] ?? "");
    if (isUuid(after)) where.push(sql`r.id < ${after}`);
    return ok(
      page(await readRedemptions(tx, workspace, join(where, " AND "), limit + 1), limit, (redemption) => [
        redemption.id,
      ]),
    );
  },
});

export const getRedemption = useCase({
  may: "coupon.read",
  input: z.object({ redemption: z.uuid() }),
  output: RedemptionView,
  says: "One redemption",
  async run({ tx, actor: { workspace } }, { redemption }) {
    const [found] = await readRedemptions(tx, workspace, sql`r.id = ${redemption}`, 1);
    return found ? ok(found) : refuse("not_found", "no such redemption");
  },
});
