import type { EventName } from "@/core/events/catalogue";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { json, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { enqueue } from "../events/enqueue";
import { OUTCOMES, QUESTIONS, WAITED_FOR } from "./task-view";

export type OpenTask = {
  id: string;
  kind: string;
  state: string;
  member: MemberId;
  title: string;
  role: string | null;
  escalateTo: string | null;
  escalateAt: Date | null;
  outcomes: { id: string; name: string }[];
  questions: unknown[];
  requestedBy: string | null;
  store: string | null;
  dueAt: Date;
  isWaitedFor: boolean;
};

/** Locks a task that can still be closed: open, in time, and waited for. Of two that close it at once the second is told of the first. */
export async function holdOpen(
  tx: Tx,
  workspace: WorkspaceId,
  id: string,
  kind: string,
  now: Date,
): Promise<Outcome<OpenTask>> {
  const task = await tx.one<OpenTask>(sql`
    SELECT t.id, t.kind, t.state, t.member_id AS member, t.title, t.role, t.escalate_to AS "escalateTo", t.escalate_at AS "escalateAt",
      ${OUTCOMES} AS outcomes, ${QUESTIONS} AS questions, t.requested_by AS "requestedBy", t.store_id AS store, t.due_at AS "dueAt", ${WAITED_FOR} AS "isWaitedFor"
    FROM task t JOIN journey j ON j.workspace_id = t.workspace_id AND j.id = t.journey_id
    WHERE t.workspace_id = ${workspace} AND t.id = ${id} FOR NO KEY UPDATE OF t`);
  if (!task || task.kind !== kind) return refuse("not_found", `no such ${kind}`);
  if (task.state === "done") return refuse("conflict", "it is closed already");
  if (task.state !== "open" || task.dueAt < now) return refuse("expired", "its time is over");
  if (!task.isWaitedFor) return refuse("conflict", "the journey has gone on without it");
  return ok(task);
}

type Closing = { outcome?: string; note?: string; answers?: Record<string, unknown>; by: string };

/** Closes a task that is held, with the ways and questions it was closed by, and tells the run that waits for it. */
export async function close(
  tx: Tx,
  workspace: WorkspaceId,
  task: OpenTask,
  { outcome, note, answers, by }: Closing,
  event: { name: EventName; properties: Record<string, unknown> },
  now: Date,
): Promise<void> {
  await tx.run(sql`
    UPDATE task SET state = 'done', outcome = ${outcome ?? null}, note = ${note ?? null}, answers = ${answers ? json(answers) : null}::jsonb,
      outcomes = ${json(task.outcomes)}::jsonb, questions = ${json(task.questions)}::jsonb, closed_by = ${by}, closed_at = ${now}
    WHERE workspace_id = ${workspace} AND id = ${task.id}`);
  await enqueue(tx, workspace, [
    {
      member: task.member,
      event: ledgerEvent(event.name, { task_id: task.id, ...event.properties }, newId(), now),
    },
  ]);
}
