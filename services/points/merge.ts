import type { MemberId, WorkspaceId } from "@/core/ids";
import { line } from "@/core/loyalty/points-account";
import { sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { openAccounts, writeAccounts } from "./account";

/** Moves one member's points to another with whom it merges: both ledgers stay as they were and get one line more; lots keep their days. */
export async function mergePoints(
  tx: Tx,
  workspace: WorkspaceId,
  from: MemberId,
  to: MemberId,
  now: Date,
): Promise<void> {
  const accounts = await openAccounts(tx, workspace, [from, to]);
  const [giver, taker] = [accounts.get(from), accounts.get(to)];
  if (!giver || !taker) throw new Error("an account was not opened");
  const points = giver.balance;
  if (points === 0 && giver.lots.length === 0) return;
  const cause = { reason: "members merged", run: null, step: null, at: now, newId };
  const owed = Math.max(0, -taker.balance);
  const given = line(giver, "merge", -points, null, cause);
  const taken = line(taker, "merge", points, null, cause);
  // A debt of the one is paid from the lots of the other, soonest end first, so that lots and balance stay in step.
  const debt =
    points < 0 ? { of: to, points: Math.min(-points, sum(taker)) } : { of: from, points: Math.min(owed, points) };
  await tx.run(sql`
    UPDATE points_lot SET remaining = remaining - paid.points
    FROM (SELECT id, greatest(0, least(remaining, ${debt.points}::int - (sum(remaining) OVER (ORDER BY last_day NULLS LAST, id) - remaining))) AS points
          FROM points_lot WHERE workspace_id = ${workspace} AND member_id = ${debt.of} AND remaining > 0) AS paid
    WHERE workspace_id = ${workspace} AND points_lot.id = paid.id AND paid.points > 0`);
  await tx.run(
    sql`UPDATE points_lot SET member_id = ${to} WHERE workspace_id = ${workspace} AND member_id = ${from} AND remaining > 0`,
  );
  await writeAccounts(
    tx,
    workspace,
    [
      { member: from, account: giver, entries: [given] },
      { member: to, account: taker, entries: [taken] },
    ],
    now,
  );
}

const sum = ({ lots }: { lots: { remaining: number }[] }): number =>
  lots.reduce((total, lot) => total + lot.remaining, 0);
