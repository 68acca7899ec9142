import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { Questions, readAnswers } from "@/core/journey/parts/survey";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { query, sql, type Tx, write } from "@/platform/db";
import { signature } from "../access/actor";
import { useCase } from "../access/use-case";
import { close, holdOpen } from "./close";
import { verifySurvey } from "./survey-link";
import { QUESTIONS } from "./task-view";
import { WAITED_FOR } from "./waited-for";

/** Answers a survey, once. What is missing or no answer is named by its question. */
async function answer(
  tx: Tx,
  workspace: WorkspaceId,
  id: string,
  given: Record<string, unknown>,
  by: string,
  now: Date,
): Promise<Outcome<{ task: string }>> {
  const held = await holdOpen(tx, workspace, id, "survey", now);
  if (!held.ok) return held;
  const questions = Questions.parse(held.value.questions);
  const read = readAnswers(questions, given);
  if (!read.ok)
    return refuse("invalid", `should answer ${read.missing.join(", ")}`, ["answers", read.missing[0] ?? ""]);
  const { answers } = read;
  const first = (is: "score" | "text") => answers[questions.find((one) => one.is === is)?.id ?? ""];
  const [score, text] = [first("score"), first("text")];
  const properties = {
    survey: held.value.title,
    answers,
    ...(score !== undefined && { score }),
    ...(text !== undefined && { answer: text }),
    ...(held.value.store !== null && { store: held.value.store }),
  };
  await close(tx, workspace, held.value, { answers, by }, { name: "survey_answered", properties }, now);
  return ok({ task: id });
}

/** For answers that staff take down: on the phone, on paper. */
export const answerTask = useCase({
  may: "task.write",
  input: z.strictObject({ task: z.uuid(), answers: z.record(z.string().max(32), z.union([z.string(), z.number()])) }),
  output: z.object({ task: z.string() }),
  audit: "survey.answered",
  // What the member said stands with the task, and is forgotten with it.
  records: ({ task }) => ({ task }),
  says: "Take down a member's answers to a survey",
  run: ({ tx, actor, now }, { task, answers }) => answer(tx, actor.workspace, task, answers, signature(actor), now),
});

export type Asked = {
  workspaceName: string;
  locale: string;
  title: string;
  questions: z.infer<typeof Questions>;
  state: "open" | "answered" | "over";
};

/** What a survey's page shows; null for a link that we did not sign, or whose survey is gone. */
export async function readSurvey(token: string, now: Date): Promise<Asked | null> {
  const survey = verifySurvey(token);
  if (!survey) return null;
  return query(survey.workspace, async (tx) => {
    const row = await tx.one<
      Omit<Asked, "state" | "questions"> & { questions: unknown; state: string; dueAt: Date; isWaitedFor: boolean }
    >(sql`
      SELECT w.name AS "workspaceName", COALESCE(m.locale, w.locale) AS locale, t.title, ${QUESTIONS} AS questions, t.state, t.due_at AS "dueAt", ${WAITED_FOR} AS "isWaitedFor"
      FROM task t JOIN workspace w ON w.id = t.workspace_id JOIN member m ON m.workspace_id = t.workspace_id AND m.id = t.member_id
      JOIN journey j ON j.workspace_id = t.workspace_id AND j.id = t.journey_id JOIN run r ON r.workspace_id = t.workspace_id AND r.id = t.run_id
      WHERE t.workspace_id = ${survey.workspace} AND t.id = ${survey.task} AND t.kind = 'survey'`);
    if (!row) return null;
    const { dueAt, state, questions, isWaitedFor, ...rest } = row;
    const isOpen = state === "open" && isWaitedFor && dueAt >= now;
    return {
      ...rest,
      questions: Questions.parse(questions),
      state: state === "done" ? "answered" : isOpen ? "open" : "over",
    };
  });
}

/** The member's own answers, by the signed link. */
export async function answerSurvey(
  token: string,
  given: Record<string, unknown>,
  now: Date,
): Promise<Outcome<{ task: string }>> {
  const survey = verifySurvey(token);
  if (!survey) return refuse("not_found", "this link is not ours");
  return write(survey.workspace, (tx) => answer(tx, survey.workspace, survey.task, given, "member", now));
}
