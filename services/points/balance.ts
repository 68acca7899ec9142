import { z } from "zod";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { dayOf } from "@/core/time/day";
import { sql, type Tx } from "@/platform/db";
import { useCase } from "../access/use-case";

export type Balance = { balance: number; expiring: { points: number; lastDay: string }[] };

/** What a member can spend on that day: lots past their last day do not count, written off already or not. Soonest ends first. */
export async function readBalance(tx: Tx, workspace: WorkspaceId, member: MemberId, today: string): Promise<Balance> {
  const account = await tx.one<{ balance: number }>(sql`
    SELECT a.balance - coalesce((
      SELECT sum(l.remaining) FROM points_lot l
      WHERE l.workspace_id = a.workspace_id AND l.member_id = a.member_id AND l.remaining > 0 AND l.last_day < ${today}::date), 0) AS balance
    FROM points_account a WHERE a.workspace_id = ${workspace} AND a.member_id = ${member}`);
  const expiring = await tx.rows<{ points: number; lastDay: string }>(sql`
    SELECT sum(remaining) AS points, last_day AS "lastDay"
    FROM points_lot
    WHERE workspace_id = ${workspace} AND member_id = ${member} AND remaining > 0 AND last_day >= ${today}::date
    GROUP BY last_day ORDER BY last_day LIMIT 12`);
  return { balance: account?.balance ?? 0, expiring };
}

export const BalanceView = z.object({
  member: z.string(),
  balance: z.int(),
  expiring: z.array(z.object({ points: z.int(), lastDay: z.string() })).describe("what ends when, soonest first"),
});

export const getPoints = useCase({
  may: "points.read",
  input: z.object({ member: z.uuid() }),
  output: BalanceView,
  says: "What a member can spend now, and what of it ends when",
  async run({ tx, actor: { workspace }, now }, { member }) {
    const found = await tx.one<{ id: MemberId; zone: string }>(sql`
      SELECT coalesce(m.merged_into, m.id) AS id, w.time_zone AS zone FROM member m JOIN workspace w ON w.id = m.workspace_id WHERE m.workspace_id = ${workspace} AND m.id = ${member}`);
    if (!found) return refuse("not_found", "no such member", ["member"]);
    return ok({ member: found.id, ...(await readBalance(tx, workspace, found.id, dayOf(now.getTime(), found.zone))) });
  },
});
