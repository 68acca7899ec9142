import { randomBytes } from "node:crypto";
import type { CouponId, WorkspaceId } from "@/core/ids";
import { CODE_BYTES, couponCode } from "@/core/loyalty/coupon-code";
import { sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import type { IssuedCoupon } from "./issued-coupon";
import type { PlannedCoupon } from "./plan";
import type { Shelf } from "./shelf";
import { tellIssued } from "./tell";

type Granted = Extract<PlannedCoupon, { ok: true }>;

/**
 * Writes planned coupons, in the transaction that planned them, and notes in `counted` how many of each offer: the caller adds them to the
 * counters last (`countIssued`), since every batch of a campaign waits for that one row. Returns them in the order given. A code that was taken
 * (one in 2⁵⁵ a coupon) fails the transaction like every broken key, and the next attempt draws others.
 */
export async function writeCoupons(
  tx: Tx,
  workspace: WorkspaceId,
  granted: readonly Granted[],
  now: Date,
  { counted, isHeard }: Shelf,
): Promise<IssuedCoupon[]> {
  if (granted.length === 0) return [];
  for (const { grant } of granted) counted.set(grant.offer, (counted.get(grant.offer) ?? 0) + 1);
  const codes = newCodes(granted.length);
  const coupons = granted.map(({ grant, name, names, startsAt, expiresAt }, i) => ({
    grant,
    coupon: {
      id: newId<CouponId>(),
      code: codes[i] ?? "",
      offer: grant.offer,
      name,
      ...(Object.keys(names).length > 0 && { names }),
      startsAt,
      expiresAt,
    },
  }));
  insert(tx, workspace, coupons, now);
  if (isHeard)
    await tellIssued(
      tx,
      workspace,
      coupons.map(({ grant: { member, depth }, coupon }) => ({ member, coupon, depth })),
      now,
    );
  return coupons.map(({ coupon }) => coupon);
}

function newCodes(count: number): string[] {
  const bytes = randomBytes(count * CODE_BYTES);
  return Array.from({ length: count }, (_, i) => couponCode(bytes.subarray(i * CODE_BYTES, (i + 1) * CODE_BYTES)));
}

function insert(
  tx: Tx,
  workspace: WorkspaceId,
  set: readonly { grant: Granted["grant"]; coupon: IssuedCoupon }[],
  now: Date,
): void {
  tx.push(sql`
    INSERT INTO coupon (workspace_id, id, offer_id, member_id, code, issued_at, expires_at, run_id, step, source)
    SELECT ${workspace}, c.id, c.offer_id, c.member_id, c.code, ${now}, c.expires_at, c.run_id, c.step, c.source
    FROM unnest(
      ${set.map(({ coupon }) => coupon.id)}::uuid[], ${set.map(({ grant }) => grant.offer)}::uuid[], ${set.map(({ grant }) => grant.member)}::uuid[],
      ${set.map(({ coupon }) => coupon.code)}::text[], ${set.map(({ coupon }) => coupon.expiresAt)}::timestamptz[],
      ${set.map(({ grant }) => grant.run ?? null)}::uuid[], ${set.map(({ grant }) => grant.step ?? null)}::text[], ${set.map(({ grant }) => grant.source)}::text[]
    ) AS c (id, offer_id, member_id, code, expires_at, run_id, step, source)`);
}
