import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { isCode, normalCode } from "@/core/loyalty/coupon-code";
import { OfferTerms } from "@/core/loyalty/offer";
import { OfferNames } from "@/core/loyalty/offer-name";
import { type Refused, refuse } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { type Sql, sql, type Tx } from "@/platform/db";
import { CALLED } from "../members/called";
import { couponStateAt } from "../members/coupon-state";

/** A coupon as people see it: one past its end is `expired`, whatever the row says. */
export const CouponView = z.object({
  id: z.string(),
  code: z.string(),
  state: z.enum(["issued", "redeemed", "void", "expired"]),
  member: z.string(),
  memberName: z.string().nullable(),
  offer: z.string(),
  name: z.string(),
  names: OfferNames,
  terms: OfferTerms,
  issuedAt: Instant,
  expiresAt: Instant.nullable(),
  redeemedAt: Instant.nullable(),
  source: z.string(),
  run: z.string().nullable(),
  step: z.string().nullable(),
});
export type CouponView = z.infer<typeof CouponView>;

/** Coupons by a condition over `c`, newest first. */
export async function readCoupons(
  tx: Tx,
  workspace: WorkspaceId,
  where: Sql,
  limit: number,
  now: Date,
): Promise<CouponView[]> {
  return tx.rows<CouponView>(sql`
    SELECT c.id, c.code, ${couponStateAt(now)} AS state,
      c.member_id AS member, ${CALLED} AS "memberName", c.offer_id AS offer, o.name, o.names, o.terms, c.issued_at AS "issuedAt", c.expires_at AS "expiresAt",
      c.redeemed_at AS "redeemedAt", c.source, c.run_id AS run, c.step
    FROM coupon c
    JOIN offer o ON o.workspace_id = c.workspace_id AND o.id = c.offer_id
    JOIN member m ON m.workspace_id = c.workspace_id AND m.id = c.member_id
    WHERE c.workspace_id = ${workspace} AND ${where}
    ORDER BY c.id DESC
    LIMIT ${limit}`);
}

/** A coupon named by its id or its code as typed; undefined when it can be neither. */
export function couponNamed(text: string): Sql | undefined {
  if (isUuid(text)) return sql`c.id = ${text}`;
  const code = normalCode(text);
  return isCode(code) ? sql`c.code = ${code}` : undefined;
}

/** What a till is told where no coupon is named: whether there is none, or what was typed can be none. */
export const noCoupon = (named: Sql | undefined, path?: string[]): Refused =>
  refuse("not_found", named ? "no such coupon" : "this is no coupon code: was a character left out or mistyped?", path);
