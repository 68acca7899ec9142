import type { RunId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import type { Run } from "../run";

/**
 * Counts failed runs as live again on their entry rows, under the same key. A member who has entered with that key again in the meantime keeps
 * that run alone, unless re-entry is `always`. Returns those that may go on.
 */
export async function reopen(tx: Tx, workspace: WorkspaceId, runs: readonly Run[]): Promise<Run[]> {
  if (runs.length === 0) return [];
  const rows = await tx.rows<{ id: RunId }>(sql`
    WITH wanted AS (
      SELECT r.id, r.journey_id, r.member_id, r.entry_key, p.body -> 'reentry' ->> 'is' = 'always' AS is_always,
        row_number() OVER (PARTITION BY r.journey_id, r.member_id, r.entry_key ORDER BY r.entered_at DESC, r.id DESC) AS nth
      FROM run r JOIN plan p ON p.workspace_id = r.workspace_id AND p.id = r.plan_id
      WHERE r.workspace_id = ${workspace} AND r.id = ANY(${runs.map((run) => run.id)}::uuid[])),
    locked AS (
      SELECT e.journey_id, e.member_id, e.key, e.live FROM entry e
      WHERE e.workspace_id = ${workspace} AND (e.journey_id, e.member_id, e.key) IN (SELECT journey_id, member_id, entry_key FROM wanted)
      ORDER BY e.journey_id, e.member_id, e.key FOR UPDATE),
    open AS (
      SELECT w.* FROM wanted w LEFT JOIN locked l ON l.journey_id = w.journey_id AND l.member_id = w.member_id AND l.key = w.entry_key
      WHERE w.is_always OR (w.nth = 1 AND coalesce(l.live, 0) = 0)),
    counted AS (
      UPDATE entry SET live = entry.live + o.n FROM (
        SELECT journey_id, member_id, entry_key, count(*)::int AS n FROM open GROUP BY 1, 2, 3) AS o
      WHERE entry.workspace_id = ${workspace} AND entry.journey_id = o.journey_id AND entry.member_id = o.member_id AND entry.key = o.entry_key)
    SELECT id FROM open`);
  const opened = new Set(rows.map((row) => row.id));
  return runs.filter((run) => opened.has(run.id));
}
