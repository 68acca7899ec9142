import type { MemberId, WorkspaceId } from "@/core/ids";
import { POINTS_NOTICES } from "@/core/loyalty/expiry-notices";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import { dayOf, dayPlus } from "@/core/time/day";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { enqueue } from "../events/enqueue";
import { closeNotice, nextFewer, openNotices } from "./notice";

type Ending = { member: MemberId; day: string; points: number; balance: number };

const midnight = (day: string): Date => new Date(`${day}T00:00:00Z`);

/**
 * Tells members whose points come near their last day, by the workspace's calendar: each member once for each last day and number of days, with
 * the sum of what ends then; at most `limit` for each; returns how many. Uses points_lot_expiry.
 */
export async function tellPoints(workspace: WorkspaceId, zone: string, now: Date, limit = 500): Promise<number> {
  const today = dayOf(now.getTime(), zone);
  return engine(async (tx) => {
    const ends = POINTS_NOTICES.map((daysLeft) => ({ daysLeft, to: midnight(dayPlus(today, daysLeft)) }));
    let told = 0;
    for (const { daysLeft, from, after, to } of await openNotices(tx, workspace, "points", ends)) {
      const soon = midnight(dayPlus(today, nextFewer(POINTS_NOTICES, daysLeft)));
      const first = soon > from ? { from: soon, after: null } : { from, after };
      const ending = await tx.rows<Ending>(sql`
        SELECT l.member_id AS member, l.last_day::text AS day, sum(l.remaining)::int AS points,
          COALESCE((SELECT a.balance FROM points_account a WHERE a.workspace_id = ${workspace} AND a.member_id = l.member_id), 0)::int AS balance
        FROM points_lot l
        WHERE l.workspace_id = ${workspace} AND l.remaining > 0 AND l.last_day <= ${day(to)}::date
          AND (l.last_day > ${day(first.from)}::date OR l.last_day = ${day(first.from)}::date AND l.member_id > ${first.after}::uuid)
        GROUP BY l.last_day, l.member_id ORDER BY l.last_day, l.member_id LIMIT ${limit}`);
      await enqueue(
        tx,
        workspace,
        ending.map(({ member, day: last_day, points, balance }) => ({
          member,
          event: ledgerEvent("points_expiring", { points, balance, last_day, days_left: daysLeft }, newId(), now),
        })),
      );
      const last = ending.length < limit ? undefined : ending.at(-1);
      closeNotice(tx, workspace, "points", {
        daysLeft,
        to: last ? midnight(last.day) : to,
        after: last?.member ?? null,
      });
      told += ending.length;
    }
    return told;
  });
}

const day = (at: Date): string => at.toISOString().slice(0, 10);
