"use client";
import { Text } from "@mantine/core";
import { useLocale } from "use-intl";
import { answerInWords, inWords, Questions } from "@/core/journey/parts/survey";
import { useT } from "../../../_i18n/use-t";
import classes from "./task.module.css";
import type { TaskDetail } from "./task-detail";

/** What a survey asks, and what the member said. */
export function Answers({ task }: { task: TaskDetail }) {
  const t = useT("tasks");
  const locale = useLocale();
  const read = Questions.safeParse(task.questions);
  const questions = read.success ? read.data : [];
  return (
    <>
      {task.state === "open" && <Text c="dimmed">{t("waiting")}</Text>}
      {questions.map((question) => {
        const answer = answerInWords(question, task.answers?.[question.id]);
        return (
          <p key={question.id} className={classes.answer}>
            <b>{inWords(question.text, locale)}</b>
            {answer ? answer[locale] : "—"}
          </p>
        );
      })}
    </>
  );
}
