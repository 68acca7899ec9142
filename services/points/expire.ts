import type { MemberId, WorkspaceId } from "@/core/ids";
import { expire } from "@/core/loyalty/points-account";
import { dayOf } from "@/core/time/day";
import { type Sql, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { type Change, openAccounts, writeAccounts } from "./account";
import { tellExpired } from "./tell";

/** Whose lots have expired and still hold points, oldest first. By points_lot_expiry, where what was written off stands no more. */
export const expiredLots = (workspace: WorkspaceId, today: string, limit: number): Sql => sql`
  SELECT member_id AS member FROM points_lot WHERE workspace_id = ${workspace} AND remaining > 0 AND last_day < ${today}::date
  ORDER BY last_day, member_id LIMIT ${limit}`;

/** Writes off what has expired for the members of at most `limit` lots of the workspace, and tells it (`points_expired`); returns how many members. Call again until it returns 0. */
export async function expirePoints(
  tx: Tx,
  workspace: WorkspaceId,
  now: Date,
  zone: string,
  limit = 500,
): Promise<number> {
  const today = dayOf(now.getTime(), zone);
  const due = new Set(
    (await tx.rows<{ member: MemberId }>(expiredLots(workspace, today, limit))).map((lot) => lot.member),
  );
  if (due.size === 0) return 0;
  const accounts = await openAccounts(tx, workspace, [...due]);
  const changes: Change[] = [...accounts].map(([member, account]) => ({
    member,
    account,
    entries: expire(account, today, { reason: "expired", run: null, step: null, at: now, newId }),
  }));
  await writeAccounts(tx, workspace, changes, now);
  await tellExpired(tx, workspace, changes, now);
  return due.size;
}
