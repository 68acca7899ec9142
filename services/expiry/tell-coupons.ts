import type { MemberId, WorkspaceId } from "@/core/ids";
import { COUPON_NOTICES } from "@/core/loyalty/expiry-notices";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import { nameIn, type OfferNames } from "@/core/loyalty/offer-name";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { DEPTH_AFTER } from "../events/depth-after";
import { enqueue } from "../events/enqueue";
import { closeNotice, nextFewer, openNotices } from "./notice";

const DAY_MS = 86_400_000;

type Ending = {
  id: string;
  member: MemberId;
  offer: string;
  name: string;
  names: OfferNames;
  /** The member's language; null = not told. */
  locale: string | null;
  code: string;
  expiresAt: Date;
  /** How many journeys one after another led to it; null = none gave it. */
  depth: number | null;
};

/**
 * Tells of a workspace's coupons that come near their end or have come to it, each once for each number of days, at most `limit` for each; returns
 * how many. How far it came is written with the events, so a kill tells nobody twice. Uses coupon_expiry.
 */
export async function tellCoupons(workspace: WorkspaceId, now: Date, limit = 500): Promise<number> {
  return engine(async (tx) => {
    const ends = COUPON_NOTICES.map((daysLeft) => ({ daysLeft, to: new Date(now.getTime() + daysLeft * DAY_MS) }));
    let told = 0;
    for (const { daysLeft, from, after, to } of await openNotices(tx, workspace, "coupon", ends)) {
      const soon = new Date(now.getTime() + nextFewer(COUPON_NOTICES, daysLeft) * DAY_MS);
      // After an outage longer than that, fewer days are left than this notice says: a later one tells.
      const first = daysLeft > 0 && soon > from ? { from: soon, after: null } : { from, after };
      const ending = await tx.rows<Ending>(sql`
        SELECT c.id, c.member_id AS member, c.offer_id AS offer, o.name, o.names, m.locale, c.code, c.expires_at AS "expiresAt",
          (SELECT ${DEPTH_AFTER} FROM run r WHERE r.workspace_id = c.workspace_id AND r.id = c.run_id) AS depth
        FROM coupon c
        JOIN offer o ON o.workspace_id = c.workspace_id AND o.id = c.offer_id
        JOIN member m ON m.workspace_id = c.workspace_id AND m.id = c.member_id
        WHERE c.workspace_id = ${workspace} AND c.state = 'issued' AND c.expires_at IS NOT NULL AND c.expires_at <= ${to}
          AND (c.expires_at > ${first.from} OR c.expires_at = ${first.from} AND c.id > ${first.after}::uuid)
        ORDER BY c.expires_at, c.id LIMIT ${limit}`);
      await enqueue(
        tx,
        workspace,
        ending.map(({ id, member, offer, name, names, locale, code, expiresAt, depth }) => ({
          member,
          event: ledgerEvent(
            daysLeft === 0 ? "coupon_expired" : "coupon_expiring",
            {
              coupon_id: id,
              offer_id: offer,
              offer: nameIn({ name, names }, locale),
              code,
              expires_at: expiresAt.toISOString(),
              ...(daysLeft > 0 && { days_left: daysLeft }),
            },
            newId(),
            now,
            depth ?? undefined,
          ),
        })),
      );
      const last = ending.length < limit ? undefined : ending.at(-1);
      closeNotice(tx, workspace, "coupon", { daysLeft, to: last?.expiresAt ?? to, after: last?.id ?? null });
      told += ending.length;
    }
    return told;
  });
}
