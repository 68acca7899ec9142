import { nodeOf, type RunId, type StepId, stepId, type WorkspaceId } from "@/core/ids";
import { ASKED, START } from "@/core/journey/asking";
import type { RunVars } from "@/core/rules/facts";
import { sql, type Tx } from "@/platform/db";
import type { TaskWords } from "./open";

/** Where a run stands, as its tasks are told. */
export type Stand = {
  id: RunId;
  step: StepId;
  lap: number;
  state: "ready" | "parked" | "held" | "goal" | "done" | "exited" | "failed";
  dueAt: Date | null;
  vars: RunVars;
};

/**
 * The open tasks of runs go by where those stand now: what a run waits for is due when its wait is; what it has left behind, by a move, a publish, its goal
 * or its end, nobody need do any more; and what it is brought back to is open again. A run that failed may be retried, and its task waits with it.
 * The caller holds the runs' locks. Pushes, and nothing for runs that were never asked about.
 */
export function followRuns(tx: Tx, workspace: WorkspaceId, all: readonly Stand[], now: Date): void {
  const runs = all.filter(({ state, vars }) => state !== "failed" && Object.values(vars).some(({ task }) => task));
  if (runs.length === 0) return;
  // By the key of task over (run, step, lap).
  tx.push(sql`
    UPDATE task t SET state = f.state, closed_at = CASE f.state WHEN 'cancelled' THEN ${now}::timestamptz END, due_at = f.due_at
    FROM (
      SELECT o.id, coalesce(CASE WHEN n.asks = o.step AND n.lap = o.lap THEN n.due_at END, o.due_at) AS due_at,
        CASE WHEN n.asks = o.step AND n.lap = o.lap THEN 'open' ELSE 'cancelled' END AS state
      FROM unnest(${runs.map((r) => r.id)}::uuid[], ${runs.map(asking)}::text[], ${runs.map((r) => r.lap)}::int[],
        ${runs.map((r) => (r.state === "parked" ? r.dueAt : null))}::timestamptz[]) AS n(run, asks, lap, due_at)
      JOIN task o ON o.workspace_id = ${workspace} AND o.run_id = n.run AND o.state IN ('open', 'cancelled')) AS f
    WHERE t.workspace_id = ${workspace} AND t.id = f.id AND (t.state <> f.state OR (t.state = 'open' AND t.due_at <> f.due_at))`);
}

/** Closes open tasks that nobody waits for any more. Pushes. */
export function cancelTasks(tx: Tx, workspace: WorkspaceId, ids: readonly string[], now: Date): void {
  if (ids.length === 0) return;
  tx.push(sql`
    UPDATE task SET state = 'cancelled', closed_at = ${now} WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[]) AND state = 'open'`);
}

/** When each of some tasks was opened; only those that are still open. By the primary key. */
export async function openedAt(tx: Tx, workspace: WorkspaceId, ids: readonly string[]): Promise<Map<string, Date>> {
  const rows = await tx.rows<{ id: string; at: Date }>(sql`
    SELECT id, opened_at AS at FROM task WHERE workspace_id = ${workspace} AND id = ANY(${[...ids]}::uuid[]) AND state = 'open' ORDER BY id`);
  return new Map(rows.map(({ id, at }) => [id, at]));
}

/** A text that is null stays as it is. */
export type Revision = Omit<TaskWords, "title" | "instructions"> & {
  id: string;
  title: string | null;
  instructions: string | null;
};

/** Open tasks say, and are whose, what their step says now. Pushes. */
export function reviseTasks(tx: Tx, workspace: WorkspaceId, all: readonly Revision[]): void {
  if (all.length === 0) return;
  tx.push(sql`
    UPDATE task t SET title = coalesce(n.title, t.title), instructions = coalesce(n.instructions, t.instructions), severity = n.severity, role = n.role,
      store_id = n.store, escalate_at = n.escalate_at, escalate_to = n.escalate_to
    FROM unnest(${all.map((t) => t.id)}::uuid[], ${all.map((t) => t.title)}::text[], ${all.map((t) => t.instructions)}::text[],
      ${all.map((t) => t.severity)}::text[], ${all.map((t) => t.role)}::text[], ${all.map((t) => t.store)}::uuid[],
      ${all.map((t) => t.escalateAt)}::timestamptz[], ${all.map((t) => t.escalateTo)}::text[])
      AS n(id, title, instructions, severity, role, store, escalate_at, escalate_to)
    WHERE t.workspace_id = ${workspace} AND t.id = n.id AND t.state = 'open'`);
}

/** The step whose task a run waits for or comes to; null: it stands where nobody is asked. */
function asking({ state, step }: Stand): StepId | null {
  const node = nodeOf(step);
  return state === "ready" || (state === "parked" && step === stepId(node, ASKED)) ? stepId(node, START) : null;
}
