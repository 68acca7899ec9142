import type { MemberId, OfferId, RunId, StepId, WorkspaceId } from "@/core/ids";
import { allocate, type Need } from "@/core/loyalty/allocate";
import type { OfferNames } from "@/core/loyalty/offer-name";
import { couponEnd, couponStart } from "@/core/loyalty/validity";
import type { Refusal } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { sql, type Tx } from "@/platform/db";
import { lockMembers } from "../members/lock";
import type { OfferRow, Shelf } from "./shelf";
import { termsOf } from "./terms";

/** `together`: grants of one key are all given or none (a reward of several coupons); absent = each stands alone. */
export type CouponGrant = {
  member: MemberId;
  offer: OfferId;
  source: string;
  run?: RunId;
  step?: StepId;
  together?: string;
  /** How many journeys one after another led to it. */
  depth?: number;
};
export type PlannedCoupon =
  | { ok: true; grant: CouponGrant; name: string; names: OfferNames; startsAt: Date | null; expiresAt: Date | null }
  | { ok: false; reason: Refusal };

/**
 * Decides which grants can be given, in their order, and writes nothing. Stocks stay locked from the shelf's opening, and the members whose
 * coupons a cap counts from here, so what it promises holds until `writeCoupons`; it takes from the shelf's stocks what it promises.
 */
export async function planCoupons(
  tx: Tx,
  workspace: WorkspaceId,
  grants: readonly CouponGrant[],
  now: Date,
  { asked, offers: known, stocks }: Shelf,
): Promise<PlannedCoupon[]> {
  const unasked = grants.find(({ offer }) => isUuid(offer) && !asked.has(offer));
  if (unasked) throw new Error(`the shelf was opened without offer ${unasked.offer}`);
  const offers = new Map(
    [...known].map(([id, row]) => {
      const { validity } = termsOf(row.terms);
      const startsAt = couponStart(validity, row.time_zone);
      return [id, { ...row, startsAt, expiresAt: couponEnd(validity, now, row.time_zone) }];
    }),
  );

  const capped = [...known.values()].filter((offer) => offer.per_member !== null).map((offer) => offer.id);
  const remaining = await caps(
    tx,
    workspace,
    grants.filter((grant) => capped.includes(grant.offer)),
    offers,
  );
  for (const [offer, left] of stocks) remaining.set(`stock ${offer}`, left);

  const keys = grants.map((grant, i) => grant.together ?? String(i));
  const claims = new Map<string, { needs: Need[]; bar: Refusal | null }>();
  grants.forEach((grant, i) => {
    const key = keys[i] ?? "";
    const claim = claims.get(key) ?? { needs: [], bar: null };
    const offer = offers.get(grant.offer);
    claim.bar ??= !offer ? "not_found" : offer.state !== "active" || offer.expiresAt < now ? "offer_inactive" : null;
    claim.needs.push(
      { counter: `cap ${grant.member} ${grant.offer}`, count: 1, lack: "over_cap" },
      { counter: `stock ${grant.offer}`, count: 1, lack: "out_of_stock" },
    );
    claims.set(key, claim);
  });
  // A barred claim takes nothing, so it must not stand in the queue.
  const open = [...claims].filter(([, claim]) => claim.bar === null);
  const verdicts = new Map<string, Refusal | null>([...claims].map(([key, claim]) => [key, claim.bar]));
  allocate(
    open.map(([, claim]) => claim.needs),
    remaining,
  ).forEach((lack, i) => {
    const key = open[i]?.[0];
    if (key !== undefined) verdicts.set(key, lack);
  });

  return grants.map((grant, i) => {
    const offer = offers.get(grant.offer);
    const bar = verdicts.get(keys[i] ?? "") ?? null;
    if (bar !== null || !offer) return { ok: false, reason: bar ?? "not_found" };
    const left = stocks.get(grant.offer);
    if (left !== undefined) stocks.set(grant.offer, left - 1);
    return {
      ok: true,
      grant,
      name: offer.name,
      names: offer.names,
      startsAt: offer.startsAt,
      expiresAt: offer.expiresAt,
    };
  });
}

/** How many more of each capped offer each member may have. A void coupon does not count. */
async function caps(
  tx: Tx,
  workspace: WorkspaceId,
  grants: readonly CouponGrant[],
  offers: ReadonlyMap<OfferId, OfferRow>,
): Promise<Map<string, number>> {
  const remaining = new Map(
    grants.map((grant) => [`cap ${grant.member} ${grant.offer}`, offers.get(grant.offer)?.per_member ?? 0]),
  );
  if (remaining.size === 0) return remaining;
  const members = [...new Set(grants.map((grant) => grant.member))];
  // Two transactions that count one member's coupons take turns here; the engine holds these locks already.
  await lockMembers(tx, workspace, members);
  const had = await tx.rows<{ member_id: MemberId; offer_id: OfferId; count: number }>(sql`
    SELECT member_id, offer_id, count(*) AS count
    FROM coupon
    WHERE workspace_id = ${workspace} AND member_id = ANY(${members}::uuid[])
      AND offer_id = ANY(${[...new Set(grants.map((grant) => grant.offer))]}::uuid[]) AND state <> 'void'
    GROUP BY member_id, offer_id`);
  for (const { member_id, offer_id, count } of had) {
    const key = `cap ${member_id} ${offer_id}`;
    const left = remaining.get(key);
    if (left !== undefined) remaining.set(key, left - count);
  }
  return remaining;
}
