"use client";
import { Button, Group, Pill, Select, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useFormatter, useLocale } from "use-intl";
import { auditActions, isAuditAction, THINGS, thingNames } from "@/core/audit/actions";
import type { AuditLine } from "@/services/audit/list";
import { isolated } from "../../_i18n/isolated";
import { useT } from "../../_i18n/use-t";
import type { Query } from "../../_ui/api";
import type { Wire } from "../../_ui/live/wire";
import { EmptyState } from "../../_ui/page/empty-state";
import { NoMatch } from "../../_ui/page/no-match";
import { PageHeader } from "../../_ui/page/page-header";
import { type Column, DataTable } from "../../_ui/table/data-table";
import filterBar from "../../_ui/table/filter-bar.module.css";
import { ListError } from "../../_ui/table/list-error";
import { ListFooter } from "../../_ui/table/list-footer";
import { PeriodSelect } from "../../_ui/table/period-select";
import { SearchInput } from "../../_ui/table/search-input";
import { useFilters } from "../../_ui/table/use-filters";
import { type Page, useList } from "../../_ui/table/use-list";
import { INSTANT } from "../../_ui/time/instant";
import { When } from "../../_ui/time/when";
import { useApi } from "../../_ui/workspace";
import { ExportLink } from "../_components/export-link";
import { Views } from "../_components/views/views";
import classes from "./audit.module.css";
import { AUDIT_FILTERS, auditQuery } from "./filters";
import { Folded } from "./folded";
import { Told } from "./told";

type Line = Wire<AuditLine>;
const NOTHING = Object.fromEntries(AUDIT_FILTERS.map((key) => [key, null]));
type Person = { signature: string; name: string; as: "user" | "key" };

/** Who did what to which thing, newest first. */
export function AuditScreen({ initial }: { initial?: { page: Page<Line>; query: Query } }) {
  const t = useT("audit");
  const locale = useLocale();
  const api = useApi();
  const [{ view, ...filters }, setFilters] = useFilters(AUDIT_FILTERS);
  const { rows, error, isStale, hasMore, isLoadingMore, more, refetch } = useList<Line>("/audit", auditQuery(filters), {
    every: 15_000,
    ...(initial && { initial }),
  });
  const { data: people } = useQuery({
    queryKey: ["/audit/people"],
    queryFn: ({ signal }) => api.get<{ items: Person[] }>("/audit/people", {}, signal),
  });
  const { order, fold, ...narrowing } = filters;
  const isFiltered = Object.values(narrowing).some(Boolean);
  const clear = () => setFilters(NOTHING);
  const stretch = filters.newest ? rows?.[0] : undefined;
  const end = filters.newest ? rows?.at(-1) : undefined;
  const format = useFormatter();
  const instant = (at: string) => format.dateTime(new Date(at), INSTANT);

  const columns = useMemo<Column<Line>[]>(
    () => [
      { id: "when", header: t("when"), width: "11.5rem", sorts: true, cell: (line) => <When at={line.at} exact /> },
      {
        id: "who",
        header: t("who"),
        width: "10rem",
        cell: ({ actor }) => (
          <span className={classes.who}>
            {actor.as === "system" ? t("system") : (actor.name ?? t("unnamed"))}
            {actor.as === "key" && <small>{t("key")}</small>}
          </span>
        ),
      },
      {
        id: "what",
        header: t("what"),
        width: "13rem",
        cell: ({ action }) => (isAuditAction(action) ? auditActions[action].says[locale] : action),
      },
      {
        id: "thing",
        header: t("thing"),
        cell: (line) => (line.folded ? <Folded line={line} folded={line.folded} /> : <Told line={line} />),
      },
    ],
    [locale, t],
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={<ExportLink list="audit" query={{ ...filters, fold: null }} />}
      />
      <Group mb="md" gap="xs" className={filterBar.bar}>
        <Views screen="audit" filters={filters} view={view} onChange={setFilters} />
        <SearchInput label={t("search")} value={filters.q} onChange={(q) => setFilters({ q })} w={215} />
        <Select
          aria-label={t("person")}
          placeholder={t("anybody")}
          clearable
          searchable
          miw={104}
          value={filters.actor}
          onChange={(actor) => setFilters({ actor })}
          data={[
            { value: "people", label: t("people") },
            { value: "keys", label: t("keys") },
            { value: "system", label: t("system") },
            ...(people?.items ?? []).map(({ signature, name, as }) => ({
              value: signature,
              label: as === "key" ? `${isolated(name)} (${t("key")})` : name,
            })),
          ]}
        />
        <Select
          aria-label={t("kind")}
          placeholder={t("anyKind")}
          clearable
          miw={104}
          value={filters.thing}
          onChange={(thing) => setFilters({ thing })}
          data={THINGS.map((value) => ({ value, label: thingNames[value][locale] }))}
        />
        <PeriodSelect label={t("time")} period={filters} onChange={setFilters} />
        {!filters.newest && (
          <Switch
            label={t("fold")}
            checked={fold !== "none"}
            onChange={(event) => setFilters({ fold: event.currentTarget.checked ? null : "none" })}
            data-testid="fold"
          />
        )}
        {filters.newest && stretch && end && (
          <Pill
            size="md"
            withRemoveButton
            onRemove={() => setFilters({ newest: null, oldest: null, actor: null, action: null })}
          >
            {t("only", {
              name: stretch.actor.name ?? t("system"),
              from: instant(end.at),
              to: instant(stretch.at),
            })}
          </Pill>
        )}
        {filters.subject && (
          <Pill size="md" withRemoveButton onRemove={() => setFilters({ subject: null })}>
            {t("onlyThing", { name: rows?.find(({ subject }) => subject?.name)?.subject?.name ?? t("one") })}
          </Pill>
        )}
      </Group>
      {error ? (
        <ListError error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={rows}
          rowKey={(line) => line.id}
          isStale={isStale}
          sort={{ by: "when", down: order !== "asc" }}
          onSort={({ down }) => setFilters({ order: down ? null : "asc" })}
          empty={
            hasMore ? (
              <EmptyState
                icon="search"
                title={t("noneYet")}
                action={
                  <Button variant="default" loading={isLoadingMore} onClick={more}>
                    {t("lookOn")}
                  </Button>
                }
              >
                {t("noneYetHint")}
              </EmptyState>
            ) : isFiltered ? (
              <NoMatch onClear={clear} />
            ) : (
              <EmptyState icon="audit" title={t("emptyTitle")}>
                {t("empty")}
              </EmptyState>
            )
          }
          footer={<ListFooter count={rows?.length} hasMore={hasMore} isLoading={isLoadingMore} onMore={more} />}
        />
      )}
    </>
  );
}
