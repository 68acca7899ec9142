import type { JourneyId, MemberId, WorkspaceId } from "@/core/ids";
import type { Arm, Both } from "@/core/policy/holdout";
import { name, type Sql, sql, type Tx } from "@/platform/db";

/** The arm that a row of `member` or `entry` keeps, as an `Arm`; null where no holdout has met the member. */
const armAt = (table: string): Sql => {
  const at = name(table);
  return sql`CASE WHEN ${at}.holdout_at IS NOT NULL THEN json_build_object(
    'isHeld', ${at}.holdout_held, 'percent', ${at}.holdout_share, 'at', (extract(epoch FROM ${at}.holdout_at) * 1000)::float8) END`;
};

/**
 * The arms that members are in since a holdout first met them: the workspace's, and one journey's. By the primary keys of member and entry; of a
 * member's entries in a journey those that have an arm all have the same. What is read under the members' locks holds until the commit.
 */
export async function readArms(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  members: readonly MemberId[],
): Promise<ReadonlyMap<MemberId, Both<Arm>>> {
  const rows = await tx.rows<Both<Arm> & { member: MemberId }>(sql`
    SELECT m.id AS member, ${armAt("m")} AS workspace, e.arm AS journey FROM member m LEFT JOIN LATERAL (
      SELECT ${armAt("own")} AS arm FROM entry own
      WHERE own.workspace_id = ${workspace} AND own.journey_id = ${journey} AND own.member_id = m.id AND own.holdout_at IS NOT NULL LIMIT 1) AS e ON true
    WHERE m.workspace_id = ${workspace} AND m.id = ANY(${[...new Set(members)]}::uuid[])`);
  return new Map(rows.map(({ member, ...arms }) => [member, arms]));
}

/** Keeps the workspace's arms of members whom its holdout meets for the first time; who has one keeps it. The caller has locked them. */
export function keepArms(tx: Tx, workspace: WorkspaceId, met: readonly { member: MemberId; arm: Arm }[]): void {
  if (met.length === 0) return;
  tx.push(sql`
    UPDATE member SET holdout_held = a.held, holdout_share = a.share, holdout_at = a.at
    FROM unnest(${met.map((m) => m.member)}::uuid[], ${met.map((m) => m.arm.isHeld)}::boolean[], ${met.map((m) => m.arm.percent)}::float8[],
      ${met.map((m) => new Date(m.arm.at))}::timestamptz[]) AS a(member, held, share, at)
    WHERE member.workspace_id = ${workspace} AND member.id = a.member AND member.holdout_at IS NULL`);
}
