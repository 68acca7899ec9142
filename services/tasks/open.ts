import type { JourneyId, MemberId, RunId, StepId, WorkspaceId } from "@/core/ids";
import type { Severity, Staff, TaskOutcomes } from "@/core/journey/parts/staff";
import type { Question } from "@/core/journey/parts/survey";
import { json, sql, type Tx } from "@/platform/db";

/** What a task says, and whose it is. */
export type TaskWords = {
  title: string;
  instructions: string;
  severity: Severity;
  /** null: the member is asked. */
  role: Staff | null;
  store: string | null;
  escalateAt: Date | null;
  escalateTo: Staff | null;
};

export type Opening = TaskWords & {
  id: string;
  kind: "task" | "approval" | "survey";
  member: MemberId;
  journey: JourneyId;
  run: RunId;
  step: StepId;
  lap: number;
  outcomes: TaskOutcomes;
  questions: Question[];
  dueAt: Date;
};

/**
 * Opens tasks for a set of runs. Who closed the last task of the same run asks for what this one is about: an approval that follows from a
 * colleague's task is that colleague's request.
 */
export async function openTasks(tx: Tx, workspace: WorkspaceId, set: readonly Opening[], now: Date): Promise<void> {
  if (set.length === 0) return;
  await tx.run(sql`
    INSERT INTO task (workspace_id, id, kind, member_id, journey_id, run_id, step, lap, title, instructions, severity, role, store_id,
                      escalate_at, escalate_to, outcomes, questions, requested_by, opened_at, due_at)
    SELECT ${workspace}, t.id, t.kind, t.member, t.journey, t.run, t.step, t.lap, t.title, t.instructions, t.severity, t.role, t.store,
           t.escalate_at, t.escalate_to, t.outcomes, t.questions,
           (SELECT b.closed_by FROM task b WHERE b.workspace_id = ${workspace} AND b.run_id = t.run AND b.state = 'done' AND b.kind <> 'survey'
            ORDER BY b.closed_at DESC LIMIT 1), ${now}, t.due_at
    FROM unnest(
      ${set.map((t) => t.id)}::uuid[], ${set.map((t) => t.kind)}::text[], ${set.map((t) => t.member)}::uuid[], ${set.map((t) => t.journey)}::uuid[],
      ${set.map((t) => t.run)}::uuid[], ${set.map((t) => t.step)}::text[], ${set.map((t) => t.lap)}::int[], ${set.map((t) => t.title)}::text[],
      ${set.map((t) => t.instructions)}::text[], ${set.map((t) => t.severity)}::text[], ${set.map((t) => t.role)}::text[], ${set.map((t) => t.store)}::uuid[],
      ${set.map((t) => t.escalateAt)}::timestamptz[], ${set.map((t) => t.escalateTo)}::text[], ${set.map((t) => json(t.outcomes))}::jsonb[],
      ${set.map((t) => json(t.questions))}::jsonb[], ${set.map((t) => t.dueAt)}::timestamptz[]
    ) AS t(id, kind, member, journey, run, step, lap, title, instructions, severity, role, store, escalate_at, escalate_to, outcomes, questions, due_at)`);
}

/** Tasks that nobody closed in time, and whose runs go on. */
export async function expireTasks(tx: Tx, workspace: WorkspaceId, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.run(sql`
    UPDATE task SET state = 'expired', closed_at = ${now} WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[]) AND state = 'open'`);
}

/** What came back of closed tasks: the outcome and note, or the answers by question. */
export async function answersOf(
  tx: Tx,
  workspace: WorkspaceId,
  ids: readonly string[],
): Promise<Map<string, Record<string, unknown>>> {
  const rows = await tx.rows<{
    id: string;
    outcome: string | null;
    note: string | null;
    answers: Record<string, unknown> | null;
  }>(sql`SELECT id, outcome, note, answers FROM task WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[])`);
  return new Map(
    rows.map(({ id, outcome, note, answers }) => [
      id,
      { ...answers, ...(outcome !== null && { outcome }), ...(note !== null && { note }) },
    ]),
  );
}
