import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { OfferNames } from "@/core/loyalty/offer-name";
import { type Sql, sql, type Tx } from "@/platform/db";
import { CALLED } from "../../members/called";

export const RedemptionView = z.object({
  id: z.string(),
  state: z.enum(["confirmed", "cancelled"]),
  coupon: z.string(),
  code: z.string(),
  offer: z.string(),
  name: z.string(),
  names: OfferNames,
  member: z.string(),
  memberName: z.string().nullable(),
  store: z.string().nullable(),
  storeName: z.string().nullable(),
  orderRef: z.string().nullable(),
  amount: z.int(),
  discount: z.int(),
  payable: z.int(),
  at: Instant,
  cancelledAt: Instant.nullable(),
});
export type RedemptionView = z.infer<typeof RedemptionView>;

/** Redemptions by a condition over `r` and its coupon `c`, newest first. */
export async function readRedemptions(
  tx: Tx,
  workspace: WorkspaceId,
  where: Sql,
  limit: number,
): Promise<RedemptionView[]> {
  return tx.rows<RedemptionView>(sql`
    SELECT r.id, r.state, r.coupon_id AS coupon, c.code, c.offer_id AS offer, o.name, o.names, r.member_id AS member, ${CALLED} AS "memberName", r.store_id AS store, s.name AS "storeName", r.order_ref AS "orderRef",
      r.amount, r.discount, r.amount - r.discount AS payable, r.at, r.cancelled_at AS "cancelledAt"
    FROM redemption r
    JOIN coupon c ON c.workspace_id = r.workspace_id AND c.id = r.coupon_id
    JOIN offer o ON o.workspace_id = c.workspace_id AND o.id = c.offer_id
    JOIN member m ON m.workspace_id = r.workspace_id AND m.id = r.member_id
    LEFT JOIN store s ON s.workspace_id = r.workspace_id AND s.id = r.store_id
    WHERE r.workspace_id = ${workspace} AND ${where}
    ORDER BY r.id DESC
    LIMIT ${limit}`);
}
