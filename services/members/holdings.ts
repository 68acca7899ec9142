import type { MemberId, WorkspaceId } from "@/core/ids";
import { OfferTerms } from "@/core/loyalty/offer";
import { couponStart } from "@/core/loyalty/validity";
import type { HeldCoupon } from "@/core/rules/facts";
import { sql, type Tx } from "@/platform/db";

type Row = Omit<HeldCoupon, "startsAt"> & { member: MemberId; terms: unknown; zone: string };

/**
 * What members hold that is neither used, withdrawn nor over by the database's clock, for rules that ask for it, as they
 * were issued: the same whichever way Postgres finds them. By coupon_member.
 */
export async function readHoldings(
  tx: Tx,
  workspace: WorkspaceId,
  members: readonly MemberId[],
): Promise<Map<MemberId, HeldCoupon[]>> {
  const rows = await tx.rows<Row>(sql`
    SELECT c.member_id AS member, c.offer_id AS offer, o.terms, w.time_zone AS zone, (extract(epoch FROM c.expires_at) * 1000)::float8 AS "expiresAt"
    FROM coupon c JOIN offer o ON o.workspace_id = c.workspace_id AND o.id = c.offer_id JOIN workspace w ON w.id = c.workspace_id
    WHERE c.workspace_id = ${workspace} AND c.member_id = ANY(${[...members]}::uuid[]) AND c.state = 'issued'
      AND (c.expires_at IS NULL OR c.expires_at >= now() - interval '1 minute')
    ORDER BY c.issued_at, c.id`);
  const held = new Map<MemberId, HeldCoupon[]>(members.map((member) => [member, []]));
  for (const { member, offer, terms, zone, expiresAt } of rows) {
    const startsAt = couponStart(OfferTerms.parse(terms).validity, zone)?.getTime() ?? null;
    held.get(member)?.push({ offer, startsAt, expiresAt });
  }
  return held;
}
