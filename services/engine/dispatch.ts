import type { WorkspaceId } from "@/core/ids";
import { engine, sql, type Tx } from "@/platform/db";
import { bury } from "../events/bury";
import { actOn } from "./act-on";
import { isDataError } from "./data-error";
import type { InboxRow } from "./inbox-row";

/** took: rows read; isIdle: the lane was set idle, so look once more before waiting; busy: another worker has it. */
export type DispatchTurn = { is: "took"; took: number; isIdle: boolean } | { is: "busy" };

const TURN = 500;

/**
 * One turn of a lane: its oldest inbox rows, a share of each workspace, are projected onto their members, offered to their runs, and may
 * enter journeys; all in one transaction that holds the lane. A row that breaks a statement is found by halving and buried; the lane goes on.
 */
export async function dispatch(lane: number, limit = TURN): Promise<DispatchTurn> {
  try {
    return await turn(lane, limit, actOn);
  } catch (error) {
    if (!isDataError(error)) throw error;
    if (limit > 1) return dispatch(lane, limit >> 1);
    const reason = error instanceof Error ? error.message : String(error);
    return turn(lane, 1, async (tx, workspace, rows) => {
      for (const row of rows)
        await bury(tx, workspace, { kind: "event", reason, member: row.member, payload: row.event });
    });
  }
}

type Treatment = (tx: Tx, workspace: WorkspaceId, rows: InboxRow[], now: Date) => Promise<void>;

async function turn(lane: number, limit: number, treat: Treatment): Promise<DispatchTurn> {
  return engine(async (tx) => {
    const held = await tx.one<{ isIdle: boolean; now: Date }>(sql`
      SELECT is_idle AS "isIdle", clock_timestamp() AS now FROM lane WHERE id = ${lane} FOR UPDATE SKIP LOCKED`);
    if (!held) return { is: "busy" };
    const { rows, hasMore } = await take(tx, lane, limit);
    for (const [workspace, own] of byWorkspace(rows)) {
      await treat(tx, workspace, own, held.now);
      await tx.run(
        sql`DELETE FROM inbox WHERE lane = ${lane} AND workspace_id = ${workspace} AND id = ANY(${own.map((r) => r.id)}::bigint[])`,
      );
    }
    if (hasMore === held.isIdle) await tx.run(sql`UPDATE lane SET is_idle = ${!hasMore} WHERE id = ${lane}`);
    return { is: "took", took: rows.length, isIdle: !hasMore };
  });
}

/** Each workspace's oldest rows, an equal share of the turn each: one with a backlog does not hold up the others. */
async function take(tx: Tx, lane: number, limit: number): Promise<{ rows: InboxRow[]; hasMore: boolean }> {
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

function byWorkspace(rows: readonly InboxRow[]): Map<WorkspaceId, InboxRow[]> {
  const groups = new Map<WorkspaceId, InboxRow[]>();
  for (const row of rows) {
    const own = groups.get(row.workspace);
    if (own) own.push(row);
    else groups.set(row.workspace, [row]);
  }
  return groups;
}
