import type { MemberId, WorkspaceId } from "@/core/ids";
import { tierAfter } from "@/core/members/timed-tier";
import { engine, sql } from "@/platform/db";
import { DEPTH_AFTER } from "../events/depth-after";
import { writeTiers } from "./tier";

type Ended = {
  id: string;
  workspace: WorkspaceId;
  member: MemberId;
  tier: string;
  previous: string;
  current: string;
  /** How many journeys one after another led to it; null = none set it. */
  depth: number | null;
};

/**
 * Gives members back the tier they had before one that was theirs for a time, a bounded share at a time; 0 = none is left. A member who has
 * another tier by now keeps it. Uses tier_change_until.
 */
export async function endTiers(now: Date, limit = 500): Promise<number> {
  return engine(async (tx) => {
    const due = await tx.rows<Pick<Ended, "id" | "workspace" | "member">>(sql`
      SELECT id, workspace_id AS workspace, member_id AS member FROM tier_change
      WHERE until <= ${now} AND ended_at IS NULL ORDER BY until LIMIT ${limit}`);
    // Members before their changes, as everywhere; the second look sees what is still to do under their locks.
    await tx.run(sql`
      SELECT m.id FROM member m JOIN unnest(${due.map((d) => d.workspace)}::uuid[], ${due.map((d) => d.member)}::uuid[]) AS d(workspace, member)
        ON m.workspace_id = d.workspace AND m.id = d.member
      ORDER BY m.workspace_id, m.id FOR NO KEY UPDATE OF m`);
    const ended = await tx.rows<Ended>(sql`
      UPDATE tier_change c SET ended_at = ${now} FROM member m
      WHERE c.id = ANY(${due.map((d) => d.id)}::uuid[]) AND c.ended_at IS NULL AND m.workspace_id = c.workspace_id AND m.id = c.member_id
      RETURNING c.id, c.workspace_id AS workspace, c.member_id AS member, c.tier, c.previous, m.tier AS current,
        (SELECT ${DEPTH_AFTER} FROM run r WHERE r.workspace_id = c.workspace_id AND r.id = c.run_id) AS depth`);
    for (const workspace of new Set(ended.map((e) => e.workspace))) {
      const back = ended.flatMap((e) => {
        const tier = e.workspace === workspace ? tierAfter(e, e.current) : undefined;
        return tier === undefined ? [] : [{ ...e, back: tier }];
      });
      await writeTiers(
        tx,
        workspace,
        back.map(({ member, tier, back, depth }) => ({
          ...{ member, was: tier, tier: back, reason: "time_over", until: null },
          ...(depth !== null && { depth }),
        })),
        now,
      );
    }
    return due.length;
  });
}
