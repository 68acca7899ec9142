"use client";
import { Paper, Select, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useLocale } from "use-intl";
import type { JourneyLine } from "@/services/journeys/journey-view";
import type { WhyNot as WhyNotView } from "@/services/journeys/watching/why-not";
import { useT } from "../../../_i18n/use-t";
import { EmptyState } from "../../../_ui/empty-state";
import { ErrorPanel } from "../../../_ui/error-panel";
import { Findings } from "../../../_ui/findings";
import { Icon } from "../../../_ui/icons";
import type { Wire } from "../../../_ui/live/wire";
import { StateBadge } from "../../../_ui/state-badge";
import { type Page, useList } from "../../../_ui/table/use-list";
import { When } from "../../../_ui/when";
import { useApi } from "../../../_ui/workspace";
import classes from "./why-not.module.css";

/** Why the member did or didn't enter a journey: what happened, what was asked, what was found. */
export function WhyNot({ member }: { member: string }) {
  const t = useT("members");
  const [journey, setJourney] = useState<string | null>(null);
  const [search, setSearch] = useState("");
  const { rows } = useList<Wire<JourneyLine>, Page<Wire<JourneyLine>>>("/journeys", { q: search, limit: 50 });
  const options = (rows ?? [])
    .filter(({ version }) => version !== null)
    .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <Select
        label={t("whyJourney")}
        description={t("whyHint")}
        placeholder={t("whyChoose")}
        data={options}
        value={journey}
        onChange={setJourney}
        onSearchChange={(text) => setSearch(options.some(({ label }) => label === text) ? "" : text)}
        searchable
        maw={420}
        mb="md"
      />
      {journey && <Answer member={member} journey={journey} />}
    </>
  );
}

function Answer({ member, journey }: { member: string; journey: string }) {
  const t = useT("members");
  const locale = useLocale();
  const api = useApi();
  const { data, error, refetch } = useQuery({
    queryKey: ["why-not", member, journey],
    queryFn: ({ signal }) => api.get<Wire<WhyNotView>>(`/members/${member}/journeys/${journey}/why-not`, {}, signal),
  });
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={120} />;
  return (
    <Paper withBorder p="md">
      <Text fw={600} data-verdict={data.verdict} className={classes.verdict}>
        <Icon name={data.verdict === "entered" ? "check" : "close"} size={16} /> {data.says[locale]}
      </Text>
      {data.considered.length === 0 && data.verdict === "never_happened" && (
        <EmptyState small icon="clock" title={t("whyNothing")}>
          {t("whyNothingHint")}
        </EmptyState>
      )}
      <ol className={classes.considered}>
        {data.considered.map((one) => (
          <li key={`${one.event?.id ?? "now"}${one.at}`}>
            <div className={classes.head}>
              <b>{one.event ? one.event.label[locale] : t("whyNow")}</b>
              <When at={one.at} />
            </div>
            <div>
              {one.says[locale]} {one.run && <Link href={`/runs/${one.run}`}>{t("whyRun")}</Link>}
            </div>
            <Findings findings={one.findings} />
          </li>
        ))}
      </ol>
      {data.runs.length > 0 && (
        <ul className={classes.runs} aria-label={t("run")}>
          {data.runs.map((run) => (
            <li key={run.id}>
              <Link href={`/runs/${run.id}`}>
                <When at={run.enteredAt} />
              </Link>{" "}
              <StateBadge of="run" state={run.state} />
            </li>
          ))}
        </ul>
      )}
      <Text size="xs" c="dimmed" mt="sm">
        {t("whyNote")}
      </Text>
    </Paper>
  );
}
