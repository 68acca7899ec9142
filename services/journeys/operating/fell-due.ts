import type { JourneyId, RunId, WorkspaceId } from "@/core/ids";
import { type Sql, sql, type Tx } from "@/platform/db";

/** Its time is up, and no event accepted before that waits to be dispatched (it would win). By run_due. */
const due = (workspace: WorkspaceId, journey: JourneyId): Sql => sql`
  r.workspace_id = ${workspace} AND r.journey_id = ${journey} AND r.state = 'parked' AND r.due_at <= (SELECT clock_timestamp())
  AND NOT EXISTS (SELECT FROM inbox i WHERE i.workspace_id = r.workspace_id AND i.member_id = r.member_id AND i.accepted_at <= r.due_at)`;

/** Readied by a timer, and held at the conductor's gate. By run_ready. */
const held = (workspace: WorkspaceId, journey: JourneyId): Sql => sql`
  r.workspace_id = ${workspace} AND r.journey_id = ${journey} AND r.state = 'ready' AND r.is_bulk AND r.ready_by = 'timer'`;

/** Runs of a paused journey whose time came, and stand there. */
export async function countFellDue(tx: Tx, workspace: WorkspaceId, journey: JourneyId): Promise<number> {
  const row = await tx.one<{ n: number }>(sql`
    SELECT ((SELECT count(*) FROM run r WHERE ${due(workspace, journey)}) + (SELECT count(*) FROM run r WHERE ${held(workspace, journey)}))::int AS n`);
  return row?.n ?? 0;
}

/** Some of the parked ones, the longest due first. */
export const dueRuns = async (tx: Tx, workspace: WorkspaceId, journey: JourneyId, limit: number): Promise<RunId[]> =>
  (
    await tx.rows<{ id: RunId }>(
      sql`SELECT r.id FROM run r WHERE ${due(workspace, journey)} ORDER BY r.shard, r.due_at LIMIT ${limit}`,
    )
  ).map((row) => row.id);

/** Some of the ready ones, behind a place in their order. */
export const heldRuns = async (
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  after: number,
  limit: number,
): Promise<{ id: RunId; order: number }[]> =>
  tx.rows(sql`
    SELECT r.id, r.ready_order AS order FROM run r WHERE ${held(workspace, journey)} AND r.ready_order > ${after} ORDER BY r.ready_order LIMIT ${limit}`);
