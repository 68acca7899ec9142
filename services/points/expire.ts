import type { MemberId, WorkspaceId } from "@/core/ids";
import { expire } from "@/core/loyalty/points-account";
import { dayOf } from "@/core/time/day";
import { sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { type Change, openAccounts, writeAccounts } from "./account";
import { tellExpired } from "./tell";

/** Writes off what has expired for at most `limit` members of the workspace, and tells it (`points_expired`); returns how many. Call again until it returns 0. */
export async function expirePoints(
  tx: Tx,
  workspace: WorkspaceId,
  now: Date,
  zone: string,
  limit = 500,
): Promise<number> {
  const today = dayOf(now.getTime(), zone);
  const due = await tx.rows<{ member_id: MemberId }>(sql`
    SELECT DISTINCT member_id
    FROM points_lot
    WHERE workspace_id = ${workspace} AND remaining > 0 AND last_day < ${today}::date
    LIMIT ${limit}`);
  if (due.length === 0) return 0;
  const accounts = await openAccounts(
    tx,
    workspace,
    due.map((row) => row.member_id),
  );
  const changes: Change[] = [...accounts].map(([member, account]) => ({
    member,
    account,
    entries: expire(account, today, { reason: "expired", run: null, step: null, at: now, newId }),
  }));
  await writeAccounts(tx, workspace, changes, now);
  await tellExpired(tx, workspace, changes, now);
  return due.length;
}
