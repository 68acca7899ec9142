import type { MemberId, WorkspaceId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import type { Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { enqueue } from "../events/enqueue";
import type { IssuedCoupon } from "./issued-coupon";
import type { RedemptionView } from "./redeeming/redemption-view";

export const ISSUED = "coupon_issued";

/** Coupons issued, as events: something listens. */
export async function tellIssued(
  tx: Tx,
  workspace: WorkspaceId,
  set: readonly { member: MemberId; coupon: IssuedCoupon; depth?: number | undefined }[],
  now: Date,
): Promise<void> {
  await enqueue(
    tx,
    workspace,
    set.map(({ member, coupon, depth }) => ({
      member,
      event: ledgerEvent(
        ISSUED,
        {
          coupon_id: coupon.id,
          offer_id: coupon.offer,
          code: coupon.code,
          ...(coupon.expiresAt && { expires_at: coupon.expiresAt.toISOString() }),
        },
        newId(),
        now,
        depth,
      ),
    })),
    new Set([ISSUED]),
  );
}

/** A coupon that is the member's again, or no longer, as an event. */
export async function tellCoupon(
  tx: Tx,
  workspace: WorkspaceId,
  name: "coupon_returned" | "coupon_voided",
  { id, member, offer, code }: { id: string; member: string; offer: string; code: string },
  now: Date,
): Promise<void> {
  const event = ledgerEvent(name, { coupon_id: id, offer_id: offer, code }, newId(), now);
  await enqueue(tx, workspace, [{ member: member as MemberId, event }]);
}

/** A coupon used, as an event. Amounts in minor units, of the whole order and of what the coupon took off. */
export async function tellRedeemed(tx: Tx, workspace: WorkspaceId, redemption: RedemptionView): Promise<void> {
  const { coupon, code, offer, store, orderRef, amount, discount } = redemption;
  await enqueue(tx, workspace, [
    {
      member: redemption.member as MemberId,
      event: ledgerEvent(
        "coupon_redeemed",
        {
          coupon_id: coupon,
          code,
          offer_id: offer,
          amount,
          discount,
          ...(store !== null && { store, store_id: store }),
          ...(orderRef !== null && { order_id: orderRef }),
        },
        newId(),
        redemption.at,
      ),
    },
  ]);
}
