"use client";
import { Paper, Title } from "@mantine/core";
import Link from "next/link";
import { useFormatter } from "use-intl";
import { useT } from "../../_i18n/use-t";
import { EmptyState } from "../../_ui/empty-state";
import { LinkButton } from "../../_ui/link-button";
import { StateBadge } from "../../_ui/state-badge";
import classes from "./home.module.css";
import type { HomeView } from "./home-view";

/** The journeys that run, the busiest first. */
export function Running({ running, drafts }: { running: HomeView["running"]; drafts: number }) {
  const t = useT("home");
  const format = useFormatter();
  return (
    <Paper withBorder className={classes.card} component="section" aria-labelledby="running">
      <div className={classes.cardHead}>
        <Title order={2} id="running">
          {t("running")}
        </Title>
        <Link href="/journeys" className={classes.more}>
          {t("allJourneys")}
        </Link>
      </div>
      {running.length === 0 ? (
        <EmptyState
          small
          icon="journey"
          title={t("noneTitle")}
          action={<LinkButton href="/journeys">{t("draw")}</LinkButton>}
        >
          {t("none")}
          {drafts > 0 && ` ${t("drafts", { count: drafts })}`}
        </EmptyState>
      ) : (
        <ul className={classes.journeys}>
          {running.map((journey) => (
            <li key={journey.id} className={classes.journey}>
              <div className={classes.journeyName}>
                <Link href={`/journeys/${journey.id}`} className={classes.journeyLink}>
                  {journey.name}
                </Link>
                <StateBadge of="journey" state={journey.state} />
              </div>
              <dl className={classes.counts}>
                <Count label={t("entered")} hint={t("enteredHint")} value={format.number(journey.entered)} />
                <Count label={t("waiting")} hint={t("waitingHint")} value={format.number(journey.waiting)} />
                <Count label={t("goals")} hint={t("goalsHint")} value={format.number(journey.goals)} />
                <Count
                  label={t("failed")}
                  hint={t("waitingHint")}
                  value={format.number(journey.failed)}
                  isBad={journey.failed > 0}
                />
              </dl>
            </li>
          ))}
        </ul>
      )}
    </Paper>
  );
}

function Count({ label, hint, value, isBad = false }: { label: string; hint: string; value: string; isBad?: boolean }) {
  return (
    <div className={classes.count} title={hint} data-bad={isBad || undefined}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
