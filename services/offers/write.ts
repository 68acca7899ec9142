import { randomBytes } from "node:crypto";
import type { CouponId, OfferId, WorkspaceId } from "@/core/ids";
import { CODE_BYTES, couponCode } from "@/core/loyalty/coupon-code";
import { sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { listens } from "../journeys/listening";
import type { IssuedCoupon } from "./issued-coupon";
import type { PlannedCoupon } from "./plan";
import { countIssued } from "./stock";
import { ISSUED, tellIssued } from "./tell";

type Granted = Extract<PlannedCoupon, { ok: true }>;

/**
 * Writes planned coupons, in the transaction that planned them, and adds to each stock once. Returns them in the order given. `counted`: what
 * unlimited offers gave is added there instead, for a caller that has more to write and calls `countIssued` last: every batch of a campaign
 * waits for that one row.
 */
export async function writeCoupons(
  tx: Tx,
  workspace: WorkspaceId,
  granted: readonly Granted[],
  now: Date,
  counted?: Map<OfferId, number>,
): Promise<IssuedCoupon[]> {
  if (granted.length === 0) return [];
  const counts = new Map<OfferId, number>();
  for (const { grant, isLimited } of granted) {
    const sums = counted && !isLimited ? counted : counts;
    sums.set(grant.offer, (sums.get(grant.offer) ?? 0) + 1);
  }
  countIssued(tx, workspace, counts);

  const coupons = granted.map(({ grant, name, expiresAt }) => ({
    grant,
    coupon: { id: newId<CouponId>(), code: "", offer: grant.offer, name, expiresAt },
  }));
  const [heard] = await Promise.all([
    listens(tx, workspace, [ISSUED]),
    insertUnderNewCodes(tx, workspace, coupons, now),
  ]);
  await tellIssued(
    tx,
    workspace,
    coupons.map(({ grant, coupon }) => ({ member: grant.member, coupon })),
    now,
    heard,
  );
  return coupons.map(({ coupon }) => coupon);
}

type Unwritten = { grant: Granted["grant"]; coupon: IssuedCoupon };

async function insertUnderNewCodes(tx: Tx, workspace: WorkspaceId, coupons: Unwritten[], now: Date): Promise<void> {
  let open = coupons;
  while (open.length > 0) {
    const codes = newCodes(open.length);
    open.forEach(({ coupon }, i) => {
      coupon.code = codes[i] ?? "";
    });
    const written = new Set(await insert(tx, workspace, open, now));
    // A code that was taken (one in 2⁵⁵ a coupon): once more with another.
    open = open.filter(({ coupon }) => !written.has(coupon.id));
  }
}

function newCodes(count: number): string[] {
  const bytes = randomBytes(count * CODE_BYTES);
  return Array.from({ length: count }, (_, i) => couponCode(bytes.subarray(i * CODE_BYTES, (i + 1) * CODE_BYTES)));
}

async function insert(tx: Tx, workspace: WorkspaceId, set: readonly Unwritten[], now: Date): Promise<CouponId[]> {
  const rows = await tx.rows<{ id: CouponId }>(sql`
    INSERT INTO coupon (workspace_id, id, offer_id, member_id, code, issued_at, expires_at, run_id, step, source)
    SELECT ${workspace}, c.id, c.offer_id, c.member_id, c.code, ${now}, c.expires_at, c.run_id, c.step, c.source
    FROM unnest(
      ${set.map(({ coupon }) => coupon.id)}::uuid[], ${set.map(({ grant }) => grant.offer)}::uuid[], ${set.map(({ grant }) => grant.member)}::uuid[],
      ${set.map(({ coupon }) => coupon.code)}::text[], ${set.map(({ coupon }) => coupon.expiresAt)}::timestamptz[],
      ${set.map(({ grant }) => grant.run ?? null)}::uuid[], ${set.map(({ grant }) => grant.step ?? null)}::text[], ${set.map(({ grant }) => grant.source)}::text[]
    ) AS c (id, offer_id, member_id, code, expires_at, run_id, step, source)
    ON CONFLICT (workspace_id, code) DO NOTHING
    RETURNING id`);
  return rows.map((row) => row.id);
}
