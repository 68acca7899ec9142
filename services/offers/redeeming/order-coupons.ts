import type { WorkspaceId } from "@/core/ids";
import type { OfferTerms } from "@/core/loyalty/offer";
import type { Verdict } from "@/core/loyalty/verdict";
import { dayOf, startOfDay } from "@/core/time/day";
import { sql, type Tx } from "@/platform/db";

/** An order as a till names it. Another store's, or another day's of the workspace's calendar, is another order: ticket numbers begin anew. */
export type TillOrder = { orderRef: string | undefined; store: string | null; zone: string };

/** Makes whoever redeems for the same order wait until the commit. */
export async function lockOrder(tx: Tx, workspace: WorkspaceId, { orderRef, store }: TillOrder): Promise<void> {
  if (orderRef === undefined) return;
  await tx.run(
    sql`SELECT pg_advisory_xact_lock(hashtextextended(${`redemption ${workspace} ${store ?? ""} ${orderRef}`}, 0))`,
  );
}

/** Whether the order has coupons already, and each of them lets others stand beside it. By redemption_order. */
export async function couponsOf(
  tx: Tx,
  workspace: WorkspaceId,
  { orderRef, store, zone }: TillOrder,
  now: Date,
): Promise<"none" | "stackable" | "alone"> {
  if (orderRef === undefined) return "none";
  const since = new Date(startOfDay(dayOf(now.getTime(), zone), zone));
  const found = await tx.one<{ coupons: number; alone: number }>(sql`
    SELECT count(*) AS coupons, count(*) FILTER (WHERE (o.terms -> 'stackable')::boolean IS NOT TRUE) AS alone
    FROM redemption r
    JOIN coupon c ON c.workspace_id = r.workspace_id AND c.id = r.coupon_id
    JOIN offer o ON o.workspace_id = c.workspace_id AND o.id = c.offer_id
    WHERE r.workspace_id = ${workspace} AND r.order_ref = ${orderRef} AND r.state = 'confirmed' AND r.at >= ${since}
      AND r.store_id IS NOT DISTINCT FROM ${store}::uuid`);
  if (!found?.coupons) return "none";
  return found.alone > 0 ? "alone" : "stackable";
}

/** One coupon an order, unless both are marked stackable. */
export function besideOthers(verdict: Verdict, others: "none" | "stackable" | "alone", terms: OfferTerms): Verdict {
  if (!verdict.applies || others === "none" || (others === "stackable" && terms.stackable)) return verdict;
  return {
    applies: false,
    reason: "order_has_coupon",
    says: {
      en: "This order has a coupon already; only coupons marked stackable go together. Cancel that redemption first, or keep this coupon for another order.",
      "zh-CN": "该订单已使用过优惠券；仅标记为可叠加的优惠券可以同用。请先撤销那次核销，或将此券留待下次使用。",
    },
  };
}
