import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { OfferTerms } from "@/core/loyalty/offer";
import { OfferNames } from "@/core/loyalty/offer-name";
import { type Sql, sql, type Tx } from "@/platform/db";

export const OfferState = z.enum(["active", "paused", "archived"]);

/** An offer with what became of it. `name`: for readers of no language in `names`. `issued`: coupons that stand, voided ones not counted; `stock` null = unlimited. */
export const OfferView = z.object({
  id: z.string(),
  name: z.string(),
  names: OfferNames,
  kind: z.string(),
  terms: OfferTerms,
  state: OfferState,
  stock: z.int().nullable(),
  perMember: z.int().nullable(),
  issued: z.int(),
  redeemed: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type OfferView = z.infer<typeof OfferView>;

/** How many coupons of `o` were used. */
export const REDEEMED = sql`(SELECT coalesce(sum(r.count), 0)::bigint FROM offer_redeemed r WHERE r.workspace_id = o.workspace_id AND r.offer_id = o.id)`;

/** Offers by a condition over `o` and its stock `s`, newest first unless told otherwise. What came of their coupons is counted as it happens; no coupon is looked at. */
export async function readOffers(
  tx: Tx,
  workspace: WorkspaceId,
  where: Sql,
  limit: number,
  by: Sql = sql`o.id DESC`,
): Promise<OfferView[]> {
  return tx.rows<OfferView>(sql`
    SELECT o.id, o.name, o.names, o.kind, o.terms, o.state, s.stock, o.per_member AS "perMember", s.issued, o.created_at AS "createdAt", o.updated_at AS "updatedAt",
      ${REDEEMED} AS redeemed
    FROM offer o JOIN offer_stock s ON s.workspace_id = o.workspace_id AND s.offer_id = o.id
    WHERE o.workspace_id = ${workspace} AND ${where}
    ORDER BY ${by}
    LIMIT ${limit}`);
}
