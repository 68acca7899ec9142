"use client";
import { Paper, Title } from "@mantine/core";
import Link from "next/link";
import { useFormatter } from "use-intl";
import { useT } from "../../_i18n/use-t";
import { useMoney } from "../../_ui/loyalty/money";
import { EmptyState } from "../../_ui/page/empty-state";
import { LinkButton } from "../../_ui/page/link-button";
import { StateBadge } from "../../_ui/page/state-badge";
import classes from "./home.module.css";
import type { HomeView } from "./home-view";

/** The journeys that run, the busiest first. */
export function Running({ running, drafts }: { running: HomeView["running"]; drafts: number }) {
  const t = useT("home");
  const format = useFormatter();
  const money = useMoney();
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
                <Count
                  label={t("entered")}
                  hint={t("enteredHint")}
                  value={format.number(journey.entered)}
                  href={runs(journey.id, "within=week")}
                />
                <Count
                  label={t("waiting")}
                  hint={t("waitingHint")}
                  value={format.number(journey.waiting)}
                  href={runs(journey.id, "state=live")}
                />
                <Count
                  label={t("goals")}
                  hint={
                    journey.worth > 0
                      ? `${t("goalsHint")} · ${t("goalsWorth", { worth: money(journey.worth, { short: true }) })}`
                      : t("goalsHint")
                  }
                  value={format.number(journey.goals)}
                  href={runs(journey.id, "state=goal&within=week")}
                />
                <Count
                  label={t("paid")}
                  hint={t("broughtHint", { count: journey.redeemed })}
                  value={money(Math.round(journey.revenue / 100) * 100, { short: true })}
                />
                <Count
                  label={t("failed")}
                  hint={t("waitingHint")}
                  value={format.number(journey.failed)}
                  href={runs(journey.id, "state=failed")}
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

const runs = (journey: string, query: string) => `/runs?journey=${journey}&${query}`;

function Count({
  label,
  hint,
  value,
  href,
  isBad = false,
}: {
  label: string;
  hint: string;
  value: string;
  /** Where those who are counted are listed. */
  href?: string;
  isBad?: boolean;
}) {
  return (
    <div className={classes.count} title={hint} data-bad={isBad || undefined}>
      <dt>{label}</dt>
      <dd>
        {href ? (
          <Link href={href} className={classes.countLink} prefetch={false}>
            {value}
          </Link>
        ) : (
          value
        )}
      </dd>
    </div>
  );
}
