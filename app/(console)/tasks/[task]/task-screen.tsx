"use client";
import { Paper, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale } from "use-intl";
import { isolated } from "../../../_i18n/isolated";
import { useT } from "../../../_i18n/use-t";
import { KeyValue } from "../../../_ui/fields/key-value";
import { LinkButton } from "../../../_ui/page/link-button";
import { PageHeader } from "../../../_ui/page/page-header";
import { StateBadge } from "../../../_ui/page/state-badge";
import { When } from "../../../_ui/time/when";
import { useApi, useMay } from "../../../_ui/workspace";
import { Remember } from "../../_components/search/remember";
import { useTaskWords } from "../use-words";
import { Answers } from "./answers";
import { Close } from "./close";
import classes from "./task.module.css";
import type { TaskDetail } from "./task-detail";

/** One task: what it is about, and the buttons that end it. */
export function TaskScreen({ initial }: { initial: TaskDetail }) {
  const t = useT("tasks");
  const locale = useLocale();
  const api = useApi();
  const words = useTaskWords();
  const mayWrite = useMay("task.write");
  const { data: task } = useQuery({
    queryKey: ["task", initial.id],
    initialData: initial,
    queryFn: ({ signal }) => api.get<TaskDetail>(`/tasks/${initial.id}`, {}, signal),
    refetchInterval: ({ state }) => (state.data?.state === "open" ? 10_000 : false),
  });
  return (
    <>
      <Remember icon="task" label={task.title} />
      <PageHeader
        back={{ href: "/tasks", label: t("title") }}
        title={task.title}
        badge={<StateBadge of="task" state={task.state} />}
        lead={`${t(`kind.${task.kind}`)} · ${isolated(task.journeyName)}`}
        actions={
          <LinkButton href={`/runs/${task.run}`} variant="default">
            {t("openRun")}
          </LinkButton>
        }
      />
      <div className={classes.columns}>
        <Paper withBorder p="md" component="section" aria-label={t("task")}>
          {task.instructions && <p className={classes.text}>{task.instructions}</p>}
          {task.kind === "survey" ? <Answers task={task} /> : null}
          {task.kind !== "survey" && task.state === "open" && mayWrite && <Close task={task} />}
          {task.kind !== "survey" && task.state !== "open" && (
            <KeyValue
              facts={[
                [t("outcome"), task.noLonger ? undefined : (words.ended(task) ?? null)],
                [t("note"), task.note ?? undefined],
              ]}
            />
          )}
        </Paper>
        <Paper withBorder p="md" component="section" aria-label={t("facts")}>
          <Title order={2} mb="xs">
            {t("facts")}
          </Title>
          <KeyValue
            facts={[
              [
                t("member"),
                <Link key="m" href={`/members/${task.member}`}>
                  {task.memberName ?? task.member.slice(0, 13)}
                </Link>,
              ],
              [
                t("journey"),
                <Link key="j" href={`/journeys/${task.journey}`}>
                  {task.journeyName}
                </Link>,
              ],
              [t("forRole"), words.whose(task)],
              [t("store"), task.storeName ?? undefined],
              [t("severity"), task.kind === "task" ? t(`level.${task.severity}`) : undefined],
              [t("opened"), <When key="o" at={task.openedAt} exact />],
              [t("due"), <When key="d" at={task.dueAt} exact />],
              [t("closed"), task.closedAt ? <When key="c" at={task.closedAt} exact /> : undefined],
              [t("noLonger"), task.noLonger?.[locale]],
              [t("requestedBy"), words.who(task.requestedBy)],
              [t("closedBy"), words.who(task.closedBy)],
            ]}
          />
        </Paper>
      </div>
    </>
  );
}
