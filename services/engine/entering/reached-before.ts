import type { JourneyId, MemberId, WorkspaceId } from "@/core/ids";
import { type Sql, sql, type Tx } from "@/platform/db";

/** What lets a crowd in, each member of it once: a broadcast, or the publish that asks about those who are in its segment already. */
export type Crowd = { by: "broadcast"; id: string } | { by: "publish" };

/**
 * Of members whom a crowd's page comes to those whom it let in before, as somebody who is the same person, found to be so since: one person once.
 * Only of survivors runs are asked, theirs and those of whom the survivor's next turn is still to bring. The members are locked by the caller. By
 * member_merged and run_member.
 */
export async function reachedBefore(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  members: readonly MemberId[],
  crowd: Crowd,
): Promise<ReadonlySet<MemberId>> {
  if (members.length === 0) return new Set();
  const rows = await tx.rows<{ member: MemberId }>(sql`
    SELECT DISTINCT g.merged_into AS member FROM member g
    WHERE g.workspace_id = ${workspace} AND g.merged_into = ANY(${[...members]}::uuid[]) AND EXISTS (
      SELECT FROM run r WHERE r.workspace_id = g.workspace_id AND r.member_id IN (g.id, g.merged_into) AND r.journey_id = ${journey}
        AND ${letInBy(workspace, journey, crowd)})`);
  return new Set(rows.map(({ member }) => member));
}

function letInBy(workspace: WorkspaceId, journey: JourneyId, crowd: Crowd): Sql {
  if (crowd.by === "broadcast") return sql`r.entry_event -> 'properties' ->> 'broadcast_id' = ${crowd.id}`;
  // Each publish that asks about them does so by a job, the last of which this is of.
  return sql`
    r.entry_event -> 'properties' ->> 'is_existing' = 'true' AND r.entered_at >= (
      SELECT j.started_at FROM job j WHERE j.workspace_id = ${workspace} AND j.journey_id = ${journey} AND j.kind = 'enrol' ORDER BY j.started_at DESC LIMIT 1)`;
}
