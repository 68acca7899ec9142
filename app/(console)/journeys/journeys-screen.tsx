"use client";
import { Button, Group, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useFormatter, useLocale } from "use-intl";
import { eventKind } from "@/core/events/catalogue";
import { kindOf } from "@/core/journey/registry";
import { useT } from "../../_i18n/use-t";
import { type Column, DataTable } from "../../_ui/data-table";
import { EmptyState } from "../../_ui/empty-state";
import { ErrorPanel } from "../../_ui/error-panel";
import { Icon } from "../../_ui/icons";
import { ListFooter } from "../../_ui/list-footer";
import { PageHeader } from "../../_ui/page-header";
import { StateBadge } from "../../_ui/state-badge";
import { type Page, useList } from "../../_ui/use-list";
import { When } from "../../_ui/when";
import { useMay } from "../../_ui/workspace";
import classes from "./journeys.module.css";
import type { Line } from "./line";
import { LineMenu } from "./line-menu";
import { NewJourney } from "./new-journey";

const STATES = ["draft", "live", "paused", "stopped", "archived"] as const;
const FIRST = { limit: 50 };

/** All journeys, the latest changed first: what runs, who is on the way, what came of the week. */
export function JourneysScreen({ initial }: { initial: Page<Line> }) {
  const t = useT("journeys");
  const common = useT("common");
  const states = useT("states");
  const format = useFormatter();
  const locale = useLocale();
  const mayWrite = useMay("journey.write");
  const queries = useQueryClient();
  const [q, setQ] = useState("");
  const [wanted] = useDebouncedValue(q.trim(), 200);
  const [state, setState] = useState<string | null>(null);
  const { rows, error, isStale, hasMore, isLoadingMore, more, refetch } = useList<Line>(
    "/journeys",
    { ...FIRST, q: wanted, state },
    { initial: { page: initial, query: FIRST }, every: 10_000 },
  );

  const columns = useMemo<Column<Line>[]>(
    () => [
      {
        id: "name",
        header: t("name"),
        cell: (line) => (
          <span className={classes.name}>
            <b>{line.name}</b>
            {line.hasChanges && line.version !== null && <small>{t("unpublished")}</small>}
          </span>
        ),
      },
      {
        id: "state",
        header: t("state"),
        cell: (line) => <StateBadge of="journey" state={line.state} />,
        width: "7.5rem",
      },
      {
        id: "starts",
        header: t("starts"),
        cell: (line) =>
          line.trigger ? ((eventKind(line.trigger) ?? kindOf(line.trigger))?.name[locale] ?? line.trigger) : "—",
      },
      { id: "now", header: t("now"), align: "end", cell: (line) => format.number(line.counts.live) },
      {
        id: "failed",
        header: t("failed"),
        align: "end",
        cell: (line) => (
          <span data-bad={line.counts.failed > 0 || undefined} className={classes.failed}>
            {format.number(line.counts.failed)}
          </span>
        ),
      },
      { id: "week", header: t("week"), align: "end", cell: (line) => format.number(line.counts.entered) },
      { id: "goals", header: t("goals"), align: "end", cell: (line) => format.number(line.counts.goals) },
      { id: "changed", header: t("changed"), cell: (line) => <When at={line.updatedAt} /> },
      ...(mayWrite
        ? [
            {
              id: "do",
              header: "",
              width: "3.5rem",
              cell: (line: Line) => (
                <LineMenu line={line} onChanged={() => void queries.invalidateQueries({ queryKey: ["/journeys"] })} />
              ),
            },
          ]
        : []),
    ],
    [format, locale, mayWrite, queries, t],
  );

  const isFiltered = wanted !== "" || state !== null;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} actions={mayWrite && <NewJourney />} />
      <Group mb="md" gap="sm">
        <TextInput
          aria-label={t("search")}
          placeholder={t("search")}
          leftSection={<Icon name="search" size={15} />}
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
          w={260}
        />
        <Select
          aria-label={t("state")}
          placeholder={t("every")}
          clearable
          allowDeselect
          value={state}
          onChange={setState}
          w={160}
          data={STATES.map((value) => ({ value, label: states(`journey.${value}`) }))}
        />
      </Group>
      {error ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={rows}
          rowKey={(line) => line.id}
          href={(line) => `/journeys/${line.id}`}
          isStale={isStale}
          empty={
            isFiltered ? (
              <EmptyState
                icon="search"
                title={common("noMatch")}
                action={
                  <Button
                    variant="default"
                    onClick={() => {
                      setQ("");
                      setState(null);
                    }}
                  >
                    {common("clearFilters")}
                  </Button>
                }
              >
                {common("noMatchHint")}
              </EmptyState>
            ) : (
              <EmptyState icon="journey" title={t("emptyTitle")} action={mayWrite && <NewJourney />}>
                {t("empty")}
              </EmptyState>
            )
          }
          footer={<ListFooter count={rows?.length ?? 0} hasMore={hasMore} isLoading={isLoadingMore} onMore={more} />}
        />
      )}
    </>
  );
}
