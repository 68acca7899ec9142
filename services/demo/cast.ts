import type { WorkspaceId } from "@/core/ids";
import { OfferTerms } from "@/core/loyalty/offer";
import { peek, sql } from "@/platform/db";
import type { CouponInHand, Customer } from "./shopper";

/** Members who may come in today, gold and platinum rather than others, so that every branch of a journey is seen. */
export const customersOf = (workspace: WorkspaceId, count: number): Promise<Customer[]> =>
  peek<Customer>(sql`
    SELECT i.value AS "userId", m.attributes ->> 'favourite_store' AS store
    FROM member m
    JOIN identity i ON i.workspace_id = m.workspace_id AND i.member_id = m.id AND i.kind = 'userId'
    WHERE m.workspace_id = ${workspace} AND m.merged_into IS NULL AND NOT m.is_anonymous
    ORDER BY random() * CASE WHEN m.tier IN ('gold', 'platinum') THEN 0.3 ELSE 1 END
    LIMIT ${count}`);

/** Coupons that journeys gave in the last days and that can still be used, whoever has them. `since`: not a moment ago; a member has to come first. */
export async function couponsInHand(workspace: WorkspaceId, since: Date, count: number): Promise<CouponInHand[]> {
  const rows = await peek<Omit<CouponInHand, "discount"> & { terms: unknown }>(sql`
    SELECT c.code, o.terms, i.value AS "userId", m.attributes ->> 'favourite_store' AS store
    FROM coupon c
    JOIN offer o ON o.workspace_id = c.workspace_id AND o.id = c.offer_id
    JOIN member m ON m.workspace_id = c.workspace_id AND m.id = c.member_id
    JOIN identity i ON i.workspace_id = c.workspace_id AND i.member_id = c.member_id AND i.kind = 'userId'
    WHERE c.workspace_id = ${workspace} AND c.state = 'issued' AND c.run_id IS NOT NULL
      AND c.issued_at < ${since} AND c.issued_at > ${since}::timestamptz - interval '5 days' AND c.expires_at > now()
    ORDER BY random() LIMIT ${count}`);
  return rows.map(({ terms, ...coupon }) => ({ ...coupon, discount: OfferTerms.parse(terms).discount }));
}

/** Members who agreed to pushes and have no device yet. */
export const withoutDevice = async (workspace: WorkspaceId, count: number): Promise<string[]> =>
  (
    await peek<{ value: string }>(sql`
    SELECT i.value
    FROM consent c
    JOIN identity i ON i.workspace_id = c.workspace_id AND i.member_id = c.member_id AND i.kind = 'userId'
    WHERE c.workspace_id = ${workspace} AND c.channel = 'push' AND c.is_granted
      AND NOT EXISTS (SELECT FROM identity d WHERE d.workspace_id = c.workspace_id AND d.member_id = c.member_id AND d.kind = 'push')
    ORDER BY i.value LIMIT ${count}`)
  ).map(({ value }) => value);

export async function hasDevices(workspace: WorkspaceId): Promise<boolean> {
  return (
    (await peek(sql`SELECT 1 FROM identity WHERE workspace_id = ${workspace} AND kind = 'push' LIMIT 1`)).length > 0
  );
}

/** The number of the next member who has never been there. */
export async function nextNumber(workspace: WorkspaceId): Promise<number> {
  const [row] = await peek<{ most: number }>(sql`
    SELECT coalesce(max(substr(value, 4)::int), 0) AS most FROM identity WHERE workspace_id = ${workspace} AND kind = 'userId' AND value ~ '^gl-[0-9]{6}$'`);
  return (row?.most ?? 0) + 1;
}
