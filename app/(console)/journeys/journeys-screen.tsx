"use client";
import { Group, Select } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useFormatter, useLocale } from "use-intl";
import { eventName } from "@/core/events/event-name";
import { kindOf } from "@/core/journey/registry";
import { useT } from "../../_i18n/use-t";
import type { Query } from "../../_ui/api";
import { useMoney } from "../../_ui/loyalty/money";
import { Reason } from "../../_ui/loyalty/reason";
import { Tag } from "../../_ui/loyalty/tag";
import { EmptyState } from "../../_ui/page/empty-state";
import { NoMatch } from "../../_ui/page/no-match";
import { PageHeader } from "../../_ui/page/page-header";
import { StateBadge } from "../../_ui/page/state-badge";
import { type Column, DataTable } from "../../_ui/table/data-table";
import filterBar from "../../_ui/table/filter-bar.module.css";
import { ListError } from "../../_ui/table/list-error";
import { ListFooter } from "../../_ui/table/list-footer";
import { SearchInput } from "../../_ui/table/search-input";
import { useFilters } from "../../_ui/table/use-filters";
import { type Page, useList } from "../../_ui/table/use-list";
import { When } from "../../_ui/time/when";
import { useMay } from "../../_ui/workspace";
import { ExportLink } from "../_components/export-link";
import { NameSelect } from "../_components/filters/name-select";
import { useMakeJourney } from "../_components/use-make-journey";
import { Views } from "../_components/views/views";
import { JOURNEY_FILTERS } from "./filters";
import { Gallery } from "./gallery";
import classes from "./journeys.module.css";
import type { Line } from "./line";
import { LineMenu } from "./line-menu";
import { NewJourney } from "./new-journey";

const STATES = ["draft", "live", "paused", "stopped", "archived"] as const;

/** All journeys, the latest changed first: what runs, who is on the way, what came of the week. */
export function JourneysScreen({ initial }: { initial?: { page: Page<Line>; query: Query } }) {
  const t = useT("journeys");
  const states = useT("states");
  const format = useFormatter();
  const money = useMoney();
  const locale = useLocale();
  const mayWrite = useMay("journey.write");
  const queries = useQueryClient();
  const [{ view, new: asked, ...filters }, setFilters] = useFilters(JOURNEY_FILTERS);
  const { make } = useMakeJourney();
  const { rows, error, isStale, hasMore, isLoadingMore, more, refetch } = useList<Line>("/journeys", filters, {
    every: 10_000,
    ...(initial && { initial }),
  });

  const changed = useCallback(() => {
    for (const key of ["/journeys", "/journeys/labels"]) void queries.invalidateQueries({ queryKey: [key] });
  }, [queries]);
  const columns = useMemo<Column<Line>[]>(
    () => [
      {
        id: "name",
        header: t("name"),
        sorts: true,
        cell: (line) => (
          <span className={classes.name}>
            <b>{line.name}</b>
            {line.hasChanges && line.version !== null && <small>{t("unpublished")}</small>}
            {line.labels.length > 0 && (
              <span className={classes.labels}>
                {line.labels.map((label) => (
                  <Tag key={label}>{label}</Tag>
                ))}
              </span>
            )}
          </span>
        ),
      },
      {
        id: "state",
        header: t("state"),
        cell: (line) => (
          <span className={classes.state}>
            <StateBadge of="journey" state={line.state} />
            {line.stateReason !== null && (
              <small className={classes.why}>
                <Reason reason={line.stateReason} />
              </small>
            )}
          </span>
        ),
        width: "7.5rem",
      },
      {
        id: "starts",
        header: t("starts"),
        cell: (line) => (line.trigger ? (kindOf(line.trigger)?.name ?? eventName(line.trigger))[locale] : "—"),
      },
      { id: "live", header: t("now"), sorts: true, align: "end", cell: (line) => format.number(line.counts.live) },
      {
        id: "failed",
        header: t("failed"),
        sorts: true,
        align: "end",
        cell: (line) => (
          <span data-bad={line.counts.failed > 0 || undefined} className={classes.failed}>
            {format.number(line.counts.failed)}
          </span>
        ),
      },
      {
        id: "entered",
        header: t("week"),
        sorts: true,
        align: "end",
        cell: (line) => format.number(line.counts.entered),
      },
      {
        id: "goals",
        header: t("goals"),
        sorts: true,
        align: "end",
        cell: ({ counts: { goals, worth } }) => (
          <>
            {format.number(goals)}
            {worth > 0 && <small className={classes.worth}>{money(worth, { short: true })}</small>}
          </>
        ),
      },
      { id: "changed", header: t("changed"), sorts: true, cell: (line) => <When at={line.updatedAt} /> },
      ...(mayWrite
        ? [
            {
              id: "do",
              header: "",
              width: "3.5rem",
              cell: (line: Line) => <LineMenu line={line} onChanged={changed} />,
            },
          ]
        : []),
    ],
    [changed, format, locale, mayWrite, money, t],
  );

  const isFiltered = Boolean(filters.q || filters.state || filters.label);
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={
          <>
            <ExportLink list="journeys" query={filters} />
            {mayWrite && <NewJourney />}
          </>
        }
      />
      <Group mb="md" gap="xs" className={filterBar.bar}>
        <Views screen="journeys" filters={filters} view={view} onChange={setFilters} />
        <SearchInput label={t("search")} value={filters.q} onChange={(q) => setFilters({ q })} w={260} />
        <Select
          aria-label={t("state")}
          placeholder={t("every")}
          clearable
          allowDeselect
          value={filters.state}
          onChange={(state) => setFilters({ state })}
          miw={104}
          data={STATES.map((value) => ({ value, label: states(`journey.${value}`) }))}
        />
        <NameSelect
          path="/journeys/labels"
          label={t("label")}
          value={filters.label}
          onChange={(label) => setFilters({ label })}
        />
      </Group>
      {error ? (
        <ListError error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={rows}
          rowKey={(line) => line.id}
          href={(line) => `/journeys/${line.id}`}
          isStale={isStale}
          sort={{ by: filters.sort ?? "changed", down: filters.order !== "asc" }}
          onSort={({ by, down }) => setFilters({ sort: by, order: down ? null : "asc" })}
          empty={
            isFiltered ? (
              <NoMatch onClear={() => setFilters({ q: null, state: null, label: null, view: null })} />
            ) : (
              <EmptyState icon="journey" title={t("emptyTitle")} action={mayWrite && <NewJourney />}>
                {t("empty")}
              </EmptyState>
            )
          }
          footer={<ListFooter count={rows?.length} hasMore={hasMore} isLoading={isLoadingMore} onMore={more} />}
        />
      )}
      {asked === "recipe" && mayWrite && (
        <Gallery
          onClose={() => setFilters({ new: null })}
          onChoose={(document) => {
            setFilters({ new: null });
            void make(document);
          }}
        />
      )}
    </>
  );
}
