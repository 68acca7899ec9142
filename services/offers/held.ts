import type { CouponId, MemberId, OfferId, WorkspaceId } from "@/core/ids";
import { OfferTerms } from "@/core/loyalty/offer";
import type { OfferNames } from "@/core/loyalty/offer-name";
import type { HeldCoupon } from "@/core/loyalty/verdict";
import { type Sql, sql, type Tx } from "@/platform/db";

export type CouponRow = HeldCoupon & {
  id: CouponId;
  code: string;
  member: MemberId;
  offer: OfferId;
  name: string;
  names: OfferNames;
};

/** Coupons by a condition over `c` with what a verdict needs; those usable now first, then by their end. `lock` takes the coupon rows. */
export async function heldCoupons(
  tx: Tx,
  workspace: WorkspaceId,
  where: Sql,
  limit: number,
  now: Date,
  lock: "lock" | "read" = "read",
): Promise<CouponRow[]> {
  const rows = await tx.rows<Omit<CouponRow, "terms"> & { terms: unknown }>(sql`
    SELECT c.id, c.code, c.state, c.member_id AS member, c.offer_id AS offer, o.name, o.names, o.terms, c.expires_at AS "expiresAt", c.redeemed_at AS "redeemedAt"
    FROM coupon c JOIN offer o ON o.workspace_id = c.workspace_id AND o.id = c.offer_id
    WHERE c.workspace_id = ${workspace} AND ${where}
    ORDER BY c.expires_at < ${now} NULLS FIRST, c.expires_at NULLS LAST, c.id
    LIMIT ${limit}
    ${lock === "lock" ? sql`FOR NO KEY UPDATE OF c` : sql``}`);
  return rows.map((row) => ({ ...row, terms: OfferTerms.parse(row.terms) }));
}
