import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { SEVERITIES } from "@/core/journey/parts/staff";
import { Words } from "@/core/words";
import { type Sql, sql, type Tx } from "@/platform/db";
import { CALLED } from "../members/called";
import { type Left, NO_LONGER, WHY_CANCELLED } from "./no-longer";
import { OPENS_IT } from "./waited-for";

export const TASK_KINDS = ["task", "approval", "survey"] as const;
export const TASK_STATES = ["open", "done", "expired", "cancelled"] as const;

export const TaskView = z.object({
  id: z.string(),
  kind: z.enum(TASK_KINDS),
  state: z.enum(TASK_STATES),
  title: z.string(),
  instructions: z.string(),
  severity: z.enum(SEVERITIES),
  role: z.string().nullable().describe("whose it is; null: a member's"),
  escalatedTo: z.string().nullable().describe("whose it is too, since it stayed open too long"),
  store: z.string().nullable(),
  storeName: z.string().nullable(),
  member: z.string(),
  memberName: z.string().nullable(),
  journey: z.string(),
  journeyName: z.string(),
  run: z.string(),
  outcomes: z.array(z.object({ id: z.string(), name: z.string() })),
  questions: z.array(z.unknown()),
  outcome: z.string().nullable(),
  note: z.string().nullable(),
  answers: z.record(z.string(), z.unknown()).nullable(),
  requestedBy: z.string().nullable(),
  closedBy: z.string().nullable(),
  openedAt: Instant,
  dueAt: Instant,
  closedAt: Instant.nullable(),
  noLonger: Words.nullable().describe("of a task that is no longer needed: what became of its run"),
});
export type TaskView = z.infer<typeof TaskView>;

/** Of an open task as its node is published now, since that is what its run goes on by; of others, and where no such node is left, as it was opened. */
function today(kind: "task" | "survey", part: "outcomes" | "questions", opened: Sql): Sql {
  return sql`
    CASE WHEN t.state = 'open' AND t.kind = ${kind} AND j.mappings > 0 THEN coalesce((
      SELECT e -> ${part}::text ${OPENS_IT} LIMIT 1), ${opened})
    ELSE ${opened} END`;
}
/** How a task may end, over `t`, its journey `j` and its run `r`. */
export const OUTCOMES = today("task", "outcomes", sql`t.outcomes`);
/** What a survey asks, over the same. */
export const QUESTIONS = today("survey", "questions", sql`t.questions`);

/** Whose a task is, over the same: as its node is published, also where a publish has not met its run yet. */
export const ROLE = sql`
  CASE WHEN t.state = 'open' AND r.mapped < j.mappings THEN coalesce((SELECT e ->> 'role' ${OPENS_IT} LIMIT 1), t.role) ELSE t.role END`;

/** Tasks by a condition over `t`, its journey `j` and its run `r`, in the order given. */
export async function readTasks(
  tx: Tx,
  workspace: WorkspaceId,
  where: Sql,
  order: Sql,
  limit: number,
  now: Date,
): Promise<TaskView[]> {
  const rows = await tx.rows<Omit<TaskView, "noLonger"> & { left: Left | null }>(sql`
    SELECT t.id, t.kind, t.state, t.title, t.instructions, t.severity, ${ROLE} AS role,
      CASE WHEN t.escalate_at <= COALESCE(t.closed_at, ${now}::timestamptz) THEN t.escalate_to END AS "escalatedTo",
      t.store_id AS store, s.name AS "storeName", t.member_id AS member, ${CALLED} AS "memberName", t.journey_id AS journey, j.name AS "journeyName",
      t.run_id AS run, ${OUTCOMES} AS outcomes, ${QUESTIONS} AS questions, t.outcome, t.note, t.answers, t.requested_by AS "requestedBy", t.closed_by AS "closedBy",
      t.opened_at AS "openedAt", t.due_at AS "dueAt", t.closed_at AS "closedAt", ${WHY_CANCELLED} AS left
    FROM task t
    JOIN member m ON m.workspace_id = t.workspace_id AND m.id = t.member_id
    JOIN journey j ON j.workspace_id = t.workspace_id AND j.id = t.journey_id
    JOIN run r ON r.workspace_id = t.workspace_id AND r.id = t.run_id
    LEFT JOIN store s ON s.workspace_id = t.workspace_id AND s.id = t.store_id
    WHERE t.workspace_id = ${workspace} AND ${where} ORDER BY ${order} LIMIT ${limit}`);
  return rows.map(({ left, ...task }) => ({ ...task, noLonger: left && NO_LONGER[left] }));
}
