import type { WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { byWorkspace, type InboxRow } from "./inbox-row";

/** Takes the turn at a lane until the commit; undefined while another worker has it. `now` is the database's clock. */
export const holdLane = (tx: Tx, lane: number): Promise<{ isIdle: boolean; now: Date } | undefined> =>
  tx.one<{ isIdle: boolean; now: Date }>(sql`
    SELECT is_idle AS "isIdle", clock_timestamp() AS now FROM lane WHERE id = ${lane} FOR UPDATE SKIP LOCKED`);

/** Whoever fills an idle lane tells the workers; a lane at work needs no telling. */
export const setIdle = (tx: Tx, lane: number, isIdle: boolean): void =>
  tx.push(sql`UPDATE lane SET is_idle = ${isIdle} WHERE id = ${lane}`);

/** Each workspace's oldest rows, an equal share of the turn each: one with a backlog does not hold up the others. */
export async function oldest(tx: Tx, lane: number, limit: number): Promise<{ rows: InboxRow[]; hasMore: boolean }> {
  const rows = await tx.rows<InboxRow & { share: number }>(sql`
    WITH RECURSIVE w AS (
      (SELECT workspace_id FROM inbox WHERE lane = ${lane} ORDER BY workspace_id LIMIT 1)
      UNION ALL
      SELECT (SELECT i.workspace_id FROM inbox i WHERE i.lane = ${lane} AND i.workspace_id > w.workspace_id ORDER BY i.workspace_id LIMIT 1)
      FROM w WHERE w.workspace_id IS NOT NULL),
    share AS (SELECT ceil(${limit}::numeric / greatest(count(workspace_id), 1))::int AS rows FROM w)
    SELECT i.id, i.workspace_id AS workspace, i.member_id AS member, i.event, share.rows AS share
    FROM w, share, LATERAL (
      SELECT id, workspace_id, member_id, event FROM inbox WHERE lane = ${lane} AND workspace_id = w.workspace_id ORDER BY id LIMIT share.rows) i
    ORDER BY i.id LIMIT ${limit}`);
  const share = rows[0]?.share ?? 1;
  const hasMore = rows.length >= limit || [...byWorkspace(rows).values()].some((own) => own.length >= share);
  return { rows, hasMore };
}

/** Takes rows that were acted on out of the inbox. */
export function discharge(tx: Tx, lane: number, workspace: WorkspaceId, rows: readonly InboxRow[]): void {
  tx.push(sql`
    DELETE FROM inbox WHERE lane = ${lane} AND workspace_id = ${workspace} AND id = ANY(${rows.map((r) => r.id)}::bigint[])`);
}
