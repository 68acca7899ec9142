import type { MemberId, WorkspaceId } from "@/core/ids";
import type { Plan } from "@/core/plan/plan";
import { isCrowd } from "@/core/plan/react";
import { sql, type Tx } from "@/platform/db";
import type { Entrant } from "./entrant";

const NOBODY: ReadonlySet<MemberId> = new Set();

/**
 * Whose runs of a journey are too many for another, of those whom a clock or a broadcast lets in: an event's turn knows it of the runs it reads
 * anyway. Asked under the members' locks, and only where more than one run of a member can be on its way. By the primary key of entry.
 */
export async function crowdOf(
  tx: Tx,
  workspace: WorkspaceId,
  plan: Plan,
  entrants: readonly Entrant[],
): Promise<ReadonlySet<MemberId>> {
  if (plan.limits?.perMember !== undefined || plan.reentry.is === "once" || plan.reentry.is === "after_end")
    return NOBODY;
  const rows = await tx.rows<{ member: MemberId; live: number }>(sql`
    SELECT member_id AS member, sum(live)::int AS live FROM entry
    WHERE workspace_id = ${workspace} AND journey_id = ${plan.journey} AND member_id = ANY(${entrants.map(({ member }) => member)}::uuid[]) GROUP BY member_id`);
  return new Set(rows.flatMap(({ member, live }) => (isCrowd(plan, live) ? [member] : [])));
}
