import { z } from "zod";
import type { RunId, WorkspaceId } from "@/core/ids";
import { answersInWords, type Question } from "@/core/journey/parts/survey";
import { Words } from "@/core/words";
import { sql, type Tx } from "@/platform/db";
import { TASK_KINDS, TASK_STATES } from "../tasks/task-view";

/** What a step of a run asked of somebody, and what has come of it. */
export const Asked = z.object({
  id: z.string(),
  kind: z.enum(TASK_KINDS),
  state: z.enum(TASK_STATES),
  title: z.string().describe("filled in for the member"),
  note: z.string().nullable().describe("what whoever closed it noted"),
  answers: z
    .array(z.object({ id: z.string(), question: Words, answer: Words }))
    .describe("of a survey, what the member answered; without the questions that they did not"),
});
export type Asked = z.infer<typeof Asked>;

type Row = Omit<Asked, "answers"> & {
  step: string;
  lap: number;
  questions: Question[];
  answers: Record<string, unknown> | null;
};

/** By task_workspace_id_run_id_step_lap_key. */
export async function readAsked(
  tx: Tx,
  workspace: WorkspaceId,
  run: string | RunId,
): Promise<(Asked & { step: string; lap: number })[]> {
  const rows = await tx.rows<Row>(sql`
    SELECT id, step, lap, kind, state, title, note, questions, answers FROM task WHERE workspace_id = ${workspace} AND run_id = ${run}`);
  return rows.map(({ questions, answers, ...row }) => ({ ...row, answers: answersInWords(questions, answers ?? {}) }));
}
