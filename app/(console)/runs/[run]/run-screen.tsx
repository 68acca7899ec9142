"use client";
import { Button, Paper, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale } from "use-intl";
import { WithShelf } from "../../../_designer/with-shelf";
import { isolated } from "../../../_i18n/isolated";
import { useT } from "../../../_i18n/use-t";
import { CopyField } from "../../../_ui/fields/copy-field";
import { KeyValue } from "../../../_ui/fields/key-value";
import { Properties } from "../../../_ui/fields/properties";
import { Icon } from "../../../_ui/icons";
import { Money } from "../../../_ui/loyalty/money";
import { Reason } from "../../../_ui/loyalty/reason";
import { LinkButton } from "../../../_ui/page/link-button";
import { PageHeader } from "../../../_ui/page/page-header";
import { StateBadge } from "../../../_ui/page/state-badge";
import { When } from "../../../_ui/time/when";
import { useApi, useWorkspace } from "../../../_ui/workspace";
import { Remember } from "../../_components/search/remember";
import { Handlings } from "./handlings";
import { Operations } from "./operations";
import classes from "./run.module.css";
import type { RunDetail } from "./run-detail";
import { Steps } from "./steps";

/** One run, step by step, with what was decided and why. */
export function RunScreen({ initial, namespace }: { initial: RunDetail; namespace: string }) {
  const t = useT("runs");
  const locale = useLocale();
  const api = useApi();
  const { temporal } = useWorkspace();
  const { data: run, refetch } = useQuery({
    queryKey: ["run", initial.id],
    initialData: initial,
    queryFn: ({ signal }) => api.get<RunDetail>(`/runs/${initial.id}`, {}, signal),
    refetchInterval: ({ state }) => (state.data?.endedAt ? false : 3_000),
  });
  return (
    <WithShelf>
      <Remember icon="runs" label={`${isolated(run.memberName ?? t("run"))} · ${isolated(run.journeyName)}`} />
      <PageHeader
        back={{ href: "/runs", label: t("title") }}
        title={run.memberName ?? t("run")}
        badge={<StateBadge of="run" state={run.state} />}
        lead={`${isolated(run.journeyName)} · v${run.version}`}
        actions={
          <>
            <Operations run={run} onDone={() => void refetch()} />
            <Button
              component="a"
              href={`${temporal}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(run.conductor)}`}
              target="_blank"
              rel="noreferrer"
              variant="default"
              rightSection={<Icon name="outside" size={14} />}
            >
              {t("openTemporal")}
            </Button>
            <LinkButton href={`/journeys/${run.journey}`} variant="default">
              {t("openJourney")}
            </LinkButton>
          </>
        }
      />
      <div className={classes.columns}>
        <Paper withBorder className={classes.card} component="section" aria-labelledby="path">
          <Title order={2} id="path" className={classes.cardTitle}>
            {t("path")}
          </Title>
          <Steps run={run} />
          <Handlings run={run} />
        </Paper>
        <Paper withBorder p="md" className={classes.card} component="section" aria-label={t("facts")}>
          <Title order={2} mb="xs">
            {t("facts")}
          </Title>
          <KeyValue
            facts={[
              [
                t("member"),
                <Link key="m" href={`/members/${run.member}`} className={classes.link}>
                  {run.memberName ?? t("openMember")}
                </Link>,
              ],
              [
                t("journey"),
                <Link key="j" href={`/journeys/${run.journey}`} className={classes.link}>
                  {run.journeyName}
                </Link>,
              ],
              [t("version"), run.version],
              [t("entered"), <When key="e" at={run.enteredAt} exact />],
              [t("due"), run.state === "parked" && run.dueAt ? <When key="d" at={run.dueAt} exact /> : undefined],
              [t("ended"), run.endedAt ? <When key="x" at={run.endedAt} exact /> : undefined],
              [t("goal"), run.goalAt ? <When key="g" at={run.goalAt} exact /> : undefined],
              [t("goalWorth"), run.goalValue === null ? undefined : <Money key="v" minor={run.goalValue} />],
              [t("reason"), run.reason ? <Reason key="w" reason={run.reason} /> : undefined],
              [
                t("started"),
                run.entry ? (
                  <div key="s">
                    <b>{run.entry.label[locale]}</b>
                    <div className={classes.small}>
                      <Properties event={run.entry.name} values={run.entry.properties} />
                    </div>
                  </div>
                ) : undefined,
              ],
              [t("run"), <CopyField key="r" value={run.id} shown={`${run.id.slice(0, 13)}…`} label={t("run")} />],
            ]}
          />
        </Paper>
      </div>
    </WithShelf>
  );
}
