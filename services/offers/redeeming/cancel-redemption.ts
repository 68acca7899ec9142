import { z } from "zod";
import type { OfferId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { tellCoupon } from "../tell";
import { countRedeemed } from "./count";
import { RedemptionView, readRedemptions } from "./redemption-view";

/** Undoes a redemption: the coupon is the member's again, with the end it had. */
export const cancelRedemption = useCase({
  may: "coupon.redeem",
  input: z.strictObject({ redemption: z.uuid(), reason: z.string().trim().max(200).optional() }),
  output: RedemptionView,
  audit: "redemption.cancelled",
  says: "Cancel a redemption; the coupon returns to the member",
  async run({ tx, actor: { workspace }, now }, { redemption: id }) {
    // Coupon before redemption, as redeem takes them.
    const found = await tx.one<{ id: string; offer: OfferId }>(sql`
      SELECT c.id, c.offer_id AS offer FROM coupon c JOIN redemption r ON r.workspace_id = c.workspace_id AND r.coupon_id = c.id
      WHERE c.workspace_id = ${workspace} AND r.id = ${id} FOR NO KEY UPDATE OF c`);
    if (!found) return refuse("not_found", "no such redemption");
    const cancelled = await tx.run(sql`
      UPDATE redemption SET state = 'cancelled', cancelled_at = ${now} WHERE workspace_id = ${workspace} AND id = ${id} AND state = 'confirmed'`);
    if (!cancelled) return refuse("redemption_cancelled", "this redemption was cancelled before");
    await tx.run(
      sql`UPDATE coupon SET state = 'issued', redeemed_at = NULL WHERE workspace_id = ${workspace} AND id = ${found.id}`,
    );
    await countRedeemed(tx, workspace, found.offer, -1);
    const [redemption] = await readRedemptions(tx, workspace, sql`r.id = ${id}`, 1);
    if (!redemption) return refuse("not_found");
    await tellCoupon(tx, workspace, "coupon_returned", { ...redemption, id: redemption.coupon }, now);
    return ok(redemption);
  },
});
