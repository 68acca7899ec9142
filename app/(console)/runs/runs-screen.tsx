"use client";
import { Group, Pill, Select } from "@mantine/core";
import { useMemo, useState } from "react";
import { useNameOf } from "../../_designer/use-says";
import { useNamed, WithShelf } from "../../_designer/with-shelf";
import { useT } from "../../_i18n/use-t";
import type { Query } from "../../_ui/api";
import { NamedSelect } from "../../_ui/names/named-select";
import { PageHeader } from "../../_ui/page/page-header";
import { DataTable } from "../../_ui/table/data-table";
import filterBar from "../../_ui/table/filter-bar.module.css";
import { ListError } from "../../_ui/table/list-error";
import { ListFooter } from "../../_ui/table/list-footer";
import { PeriodSelect } from "../../_ui/table/period-select";
import { SearchInput } from "../../_ui/table/search-input";
import { toggled } from "../../_ui/table/toggled";
import { useFilters } from "../../_ui/table/use-filters";
import { type Page, useList } from "../../_ui/table/use-list";
import { useMay } from "../../_ui/workspace";
import { ExportLink } from "../_components/export-link";
import { ReasonSelect } from "../_components/filters/reason-select";
import { useNewestVersion } from "../_components/filters/use-newest-version";
import { VersionSelect } from "../_components/filters/version-select";
import { Views } from "../_components/views/views";
import { RunsBar } from "./bulk-bar";
import { RUN_FILTERS, RUN_STATES } from "./filters";
import type { Line } from "./line";
import { NoRuns } from "./no-runs";
import { operationFilter } from "./operation-filter";
import { PassedPills } from "./passed-pills";
import { useColumns } from "./use-columns";

type Props = { initial?: { page: Page<Line>; query: Query } };

/** All runs, the newest entry first; filters come by link from the canvas, the home page and the member. */
export function RunsScreen(props: Props) {
  return (
    <WithShelf>
      <Runs {...props} />
    </WithShelf>
  );
}

function Runs({ initial }: Props) {
  const t = useT("runs");
  const states = useT("states");
  const nameOf = useNameOf();
  const [{ view, ...filters }, setFilters] = useFilters(RUN_FILTERS);
  const newest = useNewestVersion(filters.journey);
  const { rows, error, isStale, hasMore, isLoadingMore, more, refetch } = useList<Line>("/runs", filters, {
    every: 5_000,
    ...(initial && { initial }),
  });
  useNamed(useMemo(() => rows?.map(({ nodeSays }) => nodeSays) ?? [], [rows]));
  const may = useMay("run.write");
  const words = useT("lifecycle");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const picked = (rows ?? []).filter((run) => chosen.has(run.id));
  // The runs in sight know what the step is called.
  const filteredAt = rows?.find(({ node }) => node === filters.node);
  const { order: _, ...narrowing } = filters;
  const columns = useColumns();

  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} actions={<ExportLink list="runs" query={filters} />} />
      <Group mb="md" gap="xs" className={filterBar.bar}>
        <Views screen="runs" filters={filters} view={view} onChange={setFilters} />
        <SearchInput label={t("search")} value={filters.q} onChange={(q) => setFilters({ q })} w={200} />
        <NamedSelect
          kind="journeys"
          aria-label={t("journey")}
          placeholder={t("anyJourney")}
          clearable
          miw={104}
          // Names are longer than the field is wide.
          comboboxProps={{ width: 240, position: "bottom-start" }}
          value={filters.journey}
          onChange={(journey) =>
            setFilters({ journey, node: null, version: null, reached: null, left: null, by: null, since: null })
          }
        />
        <VersionSelect newest={newest} value={filters.version} onChange={(version) => setFilters({ version })} />
        <Select
          aria-label={t("state")}
          placeholder={t("anyState")}
          clearable
          miw={104}
          value={filters.state}
          onChange={(state) => setFilters({ state })}
          data={[
            { value: "live", label: t("live") },
            { value: "ended", label: t("endedAll") },
            ...RUN_STATES.map((value) => ({ value, label: states(`run.${value}`) })),
          ]}
        />
        <PeriodSelect
          label={t(filters.state === "failed" ? "whenFailed" : "entered")}
          period={filters}
          onChange={setFilters}
        />
        <ReasonSelect
          path="/runs/reasons"
          none={t("noReasons")}
          query={{ ...narrowing, reason: null }}
          value={filters.reason}
          onChange={(reason) => setFilters({ reason })}
        />
        {filters.node && (
          <Pill size="md" withRemoveButton onRemove={() => setFilters({ node: null })}>
            {t("node", { node: filteredAt ? nameOf(filteredAt) : filters.node })}
          </Pill>
        )}
        <PassedPills filters={filters} onChange={setFilters} />
        {filters.archived && (
          <Pill size="md" withRemoveButton onRemove={() => setFilters({ archived: null })} data-testid="not-archived">
            {t("notArchived")}
          </Pill>
        )}
        {filters.member && (
          <Pill size="md" withRemoveButton onRemove={() => setFilters({ member: null })}>
            {t("memberOnly")}
          </Pill>
        )}
      </Group>
      {may && (
        <RunsBar
          chosen={picked}
          state={filters.state}
          journey={filters.journey}
          filter={filters.member || filters.q || filters.reached || filters.left ? undefined : operationFilter(filters)}
          onClear={() => setChosen(new Set())}
          onDone={() => {
            setChosen(new Set());
            void refetch();
          }}
        />
      )}
      {error ? (
        <ListError error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={rows}
          rowKey={(run) => run.id}
          href={(run) => `/runs/${run.id}`}
          isStale={isStale}
          sort={{ by: "entered", down: filters.order !== "asc" }}
          onSort={({ down }) => setFilters({ order: down ? null : "asc" })}
          {...(may && {
            select: {
              keys: chosen,
              onToggle: (key: string) => setChosen(toggled(chosen, key)),
              onAll: (keys: string[]) => setChosen(new Set(keys)),
              label: (run: Line) => words("select", { name: run.memberName ?? run.member.slice(0, 13) }),
              allLabel: words("selectAll"),
            },
          })}
          empty={
            <NoRuns
              narrowing={narrowing}
              onLookOn={hasMore ? more : undefined}
              isLooking={isLoadingMore}
              onAll={() => setFilters(NO_FILTER)}
            />
          }
          footer={<ListFooter count={rows?.length} hasMore={hasMore} isLoading={isLoadingMore} onMore={more} />}
        />
      )}
    </>
  );
}

const NO_FILTER = Object.fromEntries(RUN_FILTERS.map((name) => [name, null]));
